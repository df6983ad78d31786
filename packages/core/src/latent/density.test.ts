import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDensity } from './density.js';
import { cholesky, choleskySolve, choleskyWithJitter, multiply } from './matrix.js';
import { createRandom } from './random.js';

describe('createDensity', () => {
  const mean = Float32Array.of(1, -2, 0.5);
  const covariance = Float32Array.of(2, 0.6, 0, 0.6, 1, -0.3, 0, -0.3, 0.5);

  it('draws with the given mean and covariance', () => {
    const density = createDensity(mean, covariance);
    const random = createRandom(3);
    const count = 40_000;
    const draws = Array.from({ length: count }, () => density.sample(random, 1));
    const means = [0, 1, 2].map((i) => draws.reduce((sum, z) => sum + z[i]!, 0) / count);
    for (let i = 0; i < 3; i++) {
      expect(Math.abs(means[i]! - mean[i]!)).toBeLessThan(0.03);
      for (let j = 0; j < 3; j++) {
        const products = draws.map((z) => (z[i]! - means[i]!) * (z[j]! - means[j]!));
        const estimate = products.reduce((sum, value) => sum + value, 0) / count;
        expect(Math.abs(estimate - covariance[i * 3 + j]!)).toBeLessThan(0.04);
      }
    }
  });

  it('shrinks to the mean with truncation', () => {
    const density = createDensity(mean, covariance);
    expect(density.sample(createRandom(1), 0)).toEqual(mean);
    const full = density.sample(createRandom(1), 1);
    const half = density.sample(createRandom(1), 0.5);
    for (let i = 0; i < 3; i++) {
      expect(half[i]! - mean[i]!).toBeCloseTo((full[i]! - mean[i]!) / 2, 5);
    }
  });

  it('accepts a covariance of fewer faces than numbers (rank 1)', () => {
    const flat = Float32Array.of(1, 2, 2, 4);
    const z = createDensity(Float32Array.of(0, 0), flat).sample(createRandom(5), 1);
    expect(Math.abs(z[0]!)).toBeGreaterThan(0.01);
    expect(z[1]! / z[0]!).toBeCloseTo(2, 3);
  });

  it('refuses what is not a covariance', () => {
    const bad = Float32Array.of(1, 3, 3, 1);
    expect(() => createDensity(Float32Array.of(0, 0), bad)).toThrow(/positive semi-definite/);
  });
});

describe('cholesky', () => {
  it('solves any well-conditioned positive definite system', () => {
    const entry = fc.double({ min: -1, max: 1, noNaN: true });
    const square = fc.array(entry, { minLength: 25, maxLength: 25 });
    fc.assert(
      fc.property(square, fc.array(entry, { minLength: 5, maxLength: 5 }), (values, target) => {
        const matrix = new Float64Array(25);
        for (let i = 0; i < 5; i++) {
          for (let j = 0; j < 5; j++) {
            for (let k = 0; k < 5; k++)
              matrix[i * 5 + j]! += values[i * 5 + k]! * values[j * 5 + k]!;
          }
          matrix[i * 5 + i]! += 0.5;
        }
        const solution = choleskySolve(cholesky(matrix, 5)!, Float64Array.from(target));
        const back = multiply(matrix, solution);
        for (let i = 0; i < 5; i++) expect(Math.abs(back[i]! - target[i]!)).toBeLessThan(1e-10);
      }),
    );
  });

  it('has no factor for an indefinite matrix, with or without jitter', () => {
    const matrix = Float64Array.of(1, 2, 2, 1);
    expect(cholesky(matrix, 2)).toBeUndefined();
    expect(choleskyWithJitter(matrix, 2)).toBeUndefined();
  });
});
