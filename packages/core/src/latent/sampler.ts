/** Faces that nobody has. Loaded with the first of them: who only edits photos needs none of it. */
import { createDensity, type Density } from './density.js';
import type { Latent } from './latent.js';
import { createRandom } from './random.js';

/** Draws from the distribution of encoded faces; its one Cholesky factor is computed once. */
export class Sampler {
  readonly #density: Density;

  /** @throws {FaceMorphError} `ARGUMENT_INVALID` when the matrix is not a covariance. */
  constructor({ mean, covariance }: { mean: Float32Array; covariance: Float32Array }) {
    this.#density = createDensity(mean, covariance);
  }

  /** The same seed gives the same latents. @param truncation - As in {@link Density.sample}. */
  draw(count: number, seed: number, truncation: number): Latent[] {
    const random = createRandom(seed);
    return Array.from({ length: count }, () => this.#density.sample(random, truncation));
  }
}
