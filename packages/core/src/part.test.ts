import { expect, test } from 'vitest';
import { part } from './part.js';

test('gives the module', async () => {
  const module = await part(import('./progress.js'));
  expect(module).toBe(await import('./progress.js'));
});

test('a file that cannot be loaded is a network error, and the next call may succeed', async () => {
  const failure = new TypeError('Failed to fetch dynamically imported module');
  await expect(part(Promise.reject(failure))).rejects.toMatchObject({
    code: 'NETWORK',
    hint: expect.stringMatching(/reload/),
    cause: failure,
  });
  await expect(part(Promise.resolve('module'))).resolves.toBe('module');
});
