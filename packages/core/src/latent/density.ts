import { invalidArgument } from '../errors.js';
import type { Latent } from './latent.js';
import { choleskyWithJitter } from './matrix.js';
import type { Random } from './random.js';

/** The normal distribution of encoded faces, ready to be drawn from. */
export interface Density {
  readonly size: number;
  /**
   * One latent from N(mean, truncation² · covariance).
   * @param truncation - 0 is the mean face, 1 the full variety; less than 1 is more typical.
   */
  sample(random: Random, truncation: number): Latent;
}

/**
 * Prepares the distribution (one Cholesky factor in double precision).
 * @param mean - `size` numbers.
 * @param covariance - `size * size`, row-major, symmetric, positive semi-definite.
 * @throws {FaceMorphError} `ARGUMENT_INVALID` when the matrix is not a covariance.
 */
export function createDensity(mean: Float32Array, covariance: Float32Array): Density {
  const size = mean.length;
  const lower = choleskyWithJitter(Float64Array.from(covariance), size);
  if (!lower) throw invalidArgument('a positive semi-definite matrix', 'covariance', covariance);
  return {
    size,
    sample(random, truncation) {
      const normals = Float64Array.from({ length: size }, () => random.normal());
      const latent = new Float32Array(size);
      for (let row = 0; row < size; row++) {
        let sum = 0;
        for (let k = 0; k <= row; k++) sum += lower[row * size + k]! * normals[k]!;
        latent[row] = mean[row]! + truncation * sum;
      }
      return latent;
    },
  };
}
