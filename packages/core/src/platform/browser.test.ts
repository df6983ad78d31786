import { expect, test, vi } from 'vitest';
import { platform } from './browser.js';

vi.mock('@facemorph/models', () => {
  throw new TypeError('Failed to fetch dynamically imported module');
});

test('a default model that cannot be loaded is a network error', async () => {
  await expect(platform.defaultModel()).rejects.toMatchObject({ code: 'NETWORK' });
});

test('what is no address is refused', () => {
  expect(platform.resolveUrl('https://x.test/m').href).toBe('https://x.test/m');
  expect(() => platform.resolveUrl('https://')).toThrow(
    expect.objectContaining({
      code: 'ARGUMENT_INVALID',
      message: 'Expected a URL for model but received "https://"',
    }),
  );
});
