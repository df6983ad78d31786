import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from './sha256.js';

const reference = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 100_003])(
  '%i bytes, with and without crypto.subtle',
  async (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + 7) & 255);
    expect(await sha256(bytes)).toBe(reference(bytes));
    expect(await sha256(bytes, null)).toBe(reference(bytes));
  },
);

test('a view into a larger buffer', async () => {
  const view = new Uint8Array(300).fill(9).subarray(7, 150);
  expect(await sha256(view, null)).toBe(reference(view));
});
