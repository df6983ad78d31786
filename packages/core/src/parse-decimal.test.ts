import { expect, it } from 'vitest';
import { parseDecimal } from './parse-decimal.js';

it('takes decimal numbers only', () => {
  expect(['2', '-.5', '1e1', '+3.'].map(parseDecimal)).toEqual([2, -0.5, 10, 3]);
  expect(['', ' ', '1e999', '0x1', '1,5', 'NaN'].map(parseDecimal)).toEqual(
    Array(6).fill(undefined),
  );
});
