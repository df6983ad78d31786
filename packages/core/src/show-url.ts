/**
 * An address as messages may show it: without user, password, query and fragment, any of which may be
 * a secret, and without the body of a `data:` URL.
 */
export function showUrl(url: URL): string {
  if (/^https?:$/.test(url.protocol)) return `${url.origin}${url.pathname}`;
  return url.protocol === 'file:' ? url.href.replace(/[?#].*$/, '') : `the ${url.protocol} URL`;
}
