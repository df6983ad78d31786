import { describe, expect, it } from 'vitest';
import { rootOf, smooth } from './plane.js';

describe('rootOf', () => {
  it('gives numbers for the mean of a plane that is 0 nearly everywhere', () => {
    const size = { width: 64, height: 64 };
    const plane = new Float32Array(64 * 64);
    for (let i = 0; i < 2000; i++) plane[i] = ((i * 0.37 + 0.1) % 1.3) ** 12;
    const mean = smooth(plane, size, 2);
    expect(mean.some((value) => value < 0)).toBe(true);
    expect(rootOf(mean).every((value) => value >= 0)).toBe(true);
  });

  it('counts what is below 0 as 0', () => {
    expect([...rootOf(Float32Array.of(4, 0, -1e-9))]).toEqual([2, 0, 0]);
  });
});
