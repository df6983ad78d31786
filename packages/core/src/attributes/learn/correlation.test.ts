import { expect, it } from 'vitest';
import { correlation } from './correlation.js';

it("is Pearson's", () => {
  expect(correlation([1, 2, 3], [10, 20, 30])).toBeCloseTo(1, 12);
  expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
  expect(correlation([1, 2, 3, 4], [1, -1, -1, 1])).toBeCloseTo(0, 12);
  expect(correlation([1, 2, 4], [2, 3, 3])).toBeCloseTo(0.7559289, 6);
  expect(correlation([5, 5, 5], [1, 2, 3])).toBe(0);
});
