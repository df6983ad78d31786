import type { PageName } from '../router/route.js';

/** What the pages are called, in the navigation and in the title of the window. */
export const PAGE_TITLES: Readonly<Record<PageName, string>> = {
  generate: 'Generate',
  edit: 'Edit',
  morph: 'Morph',
  mix: 'Mix',
  learn: 'Learn',
  how: 'How it works',
};
