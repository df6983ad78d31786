/** The pages, in the order of the navigation. */
export const PAGES = ['generate', 'edit', 'morph', 'mix', 'learn', 'how'] as const;

/** One of {@link PAGES}. */
export type PageName = (typeof PAGES)[number];

/** A place on the site: a page and what is to be seen there. */
export interface Route {
  readonly page: PageName;
  /** The state of the page; it holds no pixel of any picture. */
  readonly query: URLSearchParams;
}

/** Reads a hash such as `#/edit?seed=7&smiling=1.5`; what it does not know is the first page. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s);
  const page = PAGES.find((name) => name === path) ?? PAGES[0];
  return { page, query: new URLSearchParams(query) };
}

/** The hash of a place, readable where that is possible: commas and the like stay as they are. */
export function formatRoute(page: PageName, query: string | URLSearchParams = ''): string {
  const text = String(query).replaceAll('%2C', ',').replaceAll('%7E', '~').replaceAll('%40', '@');
  return text === '' ? `#/${page}` : `#/${page}?${text}`;
}
