import { FaceMorphError } from '../errors.js';
import { createBrowserCache } from '../model/cache.browser.js';
import { readUrl } from '../model/read-url.js';
import { pageUrl } from '../page-url.js';
import { part } from '../part.js';
import { createBrowserBackend } from '../runtime/browser.js';
import type { Platform } from './platform.js';

/** The browser: a Worker with wasm or WebGPU, canvas, fetch and the Cache API. */
export const platform: Platform = {
  name: 'browser',
  createBackend: (options) => createBrowserBackend(options),
  read: readUrl,
  async defaultModel() {
    const { defaultModel } = await part(import('@facemorph/models'));
    return defaultModel;
  },
  resolveUrl: (location) => pageUrl(location, 'model'),
  defaultCache: () => createBrowserCache(),
  decodeImage: async (input, options) => (await codec()).decodeImage(input, options),
  encodeImage: async (pixels, options) => (await codec()).encodeImage(pixels, options),
  async writeFile(path) {
    throw new FaceMorphError('WRITE_FAILED', `There is no file system to write "${path}" to`, {
      hint: 'In the browser, use toBlob() and offer it as a download.',
      details: { path },
    });
  },
};

const codec = (): Promise<typeof import('../image/codec.browser.js')> =>
  part(import('../image/codec.browser.js'));
