import type { ModelCache } from './cache.js';

/** Options of {@link createBrowserCache}. */
export interface BrowserCacheOptions {
  /** @defaultValue `'facemorph-models'` */
  readonly name?: string;
  readonly storage?: CacheStorage;
}

/**
 * Keeps model files in the browser's Cache API.
 * @returns `undefined` where there is none (a page that is not served over https or from localhost).
 */
export function createBrowserCache(options: BrowserCacheOptions = {}): ModelCache | undefined {
  const { name = 'facemorph-models', storage = globalThis.caches } = options;
  if (storage === undefined) return undefined;
  // The key only has to be a URL; nothing is fetched from it.
  const keyOf = (sha256: string): string => `https://facemorph.invalid/${sha256}`;
  return {
    async get(sha256) {
      const cache = await storage.open(name);
      const response = await cache.match(keyOf(sha256));
      return response && new Uint8Array(await response.arrayBuffer());
    },
    async put(sha256, bytes) {
      const cache = await storage.open(name);
      await cache.put(keyOf(sha256), new Response(bytes as Uint8Array<ArrayBuffer>));
    },
  };
}
