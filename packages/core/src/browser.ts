/**
 * FaceMorph for the browser, for tools that would pick the Node build of the root import.
 * @module
 */

export { decodeImage } from './image/codec.browser.js';
export * from './index.js';
export { type BrowserCacheOptions, createBrowserCache } from './model/cache.browser.js';
export { createBrowserBackend } from './runtime/browser.js';
