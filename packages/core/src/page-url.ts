import { invalidArgument } from './errors.js';

/** What a page or Worker names, relative to the page. @throws {FaceMorphError} `ARGUMENT_INVALID` */
export function pageUrl(location: string | URL, name: string): URL {
  const base = globalThis.document?.baseURI ?? globalThis.location?.href;
  if (URL.canParse(location, base)) return new URL(location, base);
  throw invalidArgument('a URL', name, location);
}
