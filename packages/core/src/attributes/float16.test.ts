import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeVector, encodeVector } from './base64.js';
import { decodeFloat16, encodeFloat16 } from './float16.js';

describe('float16', () => {
  it('is the identity on all halves that are numbers', () => {
    for (let half = 0; half < 0x10000; half++) {
      const value = decodeFloat16(half);
      if (!Number.isNaN(value)) expect(encodeFloat16(value)).toBe(half);
    }
  });

  it('rounds to the nearest', () => {
    fc.assert(
      fc.property(fc.float({ min: -65504, max: 65504, noNaN: true }), (value) => {
        const half = encodeFloat16(value);
        const error = Math.abs(decodeFloat16(half) - value);
        for (const other of [half - 1, half + 1]) {
          const neighbour = decodeFloat16(other & 0xffff);
          if (Number.isFinite(neighbour)) {
            expect(Math.abs(neighbour - value)).toBeGreaterThanOrEqual(error);
          }
        }
      }),
    );
  });

  it.each([
    [1 + 2 ** -11, 1],
    [1 + 3 * 2 ** -11, 1 + 2 ** -9],
    [2047.5 / 1024, 2],
    [65519, 65504],
    [65520, Number.POSITIVE_INFINITY],
    [2 ** -25, 0],
    [2 ** -25 + 2 ** -30, 2 ** -24],
  ])('takes %s to %s: ties go to even', (value, expected) => {
    expect(decodeFloat16(encodeFloat16(value))).toBe(expected);
  });

  it('survives base64', () => {
    const values = Float32Array.of(0, 1, -2.5, 65504, 2 ** -24);
    expect(decodeVector(encodeVector(values, 'float16'), 'float16')).toEqual(values);
    expect(decodeVector('AAA=', 'float32')).toBeUndefined();
  });
});
