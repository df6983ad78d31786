import { describe, expect, it } from 'vitest';
import { boxMean, rootOf, smooth } from './plane.js';

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

describe('boxMean', () => {
  const around = (at: number, count: number, radius: number): number[] =>
    Array.from({ length: 2 * radius + 1 }, (_, i) => at - radius + i).filter(
      (place) => place >= 0 && place < count,
    );

  it.each([
    [9, 7, 0],
    [9, 7, 1],
    [9, 7, 3],
    // Wider than the plane is, in part and everywhere.
    [9, 7, 5],
    [9, 7, 8],
    [1, 6, 2],
    [6, 1, 20],
  ])('is the mean of the neighbours inside: %i x %i, radius %i', (width, height, radius) => {
    const plane = Float32Array.from({ length: width * height }, (_, i) => Math.sin(i * i + 1));
    const mean = boxMean(plane, { width, height }, radius);
    for (let i = 0; i < plane.length; i++) {
      const rows = around(Math.floor(i / width), height, radius);
      const columns = around(i % width, width, radius);
      const inside = rows.flatMap((y) => columns.map((x) => plane[y * width + x] ?? Number.NaN));
      const expected = inside.reduce((sum, value) => sum + value, 0) / inside.length;
      expect(mean[i]).toBeCloseTo(expected, 5);
    }
  });
});
