import { expect, test } from 'vitest';
import { auroc } from './auroc.mjs';

test('counts pairs in the right order, ties half', () => {
  expect(auroc([1, 2, 3, 4], [0, 0, 1, 1])).toBe(1);
  expect(auroc([1, 2, 2, 3], [0, 0, 1, 1])).toBe(0.875);
  expect(auroc([3, 2, 1, 9], [0, 1, 1, Number.NaN])).toBe(0);
});
