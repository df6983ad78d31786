import { expect, test } from 'vitest';
import { createBrowserCache } from './cache.browser.js';

/** The part of CacheStorage that is used, in memory. */
function fakeStorage(): CacheStorage {
  const responses = new Map<string, Response>();
  return {
    open: async (name: string) => ({
      match: async (key: string) => responses.get(`${name} ${key}`)?.clone(),
      put: async (key: string, response: Response) =>
        void responses.set(`${name} ${key}`, response),
    }),
  } as unknown as CacheStorage;
}

test('keeps files by hash, apart for each name', async () => {
  const storage = fakeStorage();
  const cache = createBrowserCache({ storage });
  await cache?.put('ab', Uint8Array.of(1, 2, 3));
  expect(await cache?.get('ab')).toEqual(Uint8Array.of(1, 2, 3));
  expect(await cache?.get('cd')).toBeUndefined();
  expect(await createBrowserCache({ storage, name: 'other' })?.get('ab')).toBeUndefined();
});

test('there is none where the browser has none', () => {
  expect(createBrowserCache()).toBeUndefined();
});
