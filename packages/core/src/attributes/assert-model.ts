import { FaceMorphError } from '../errors.js';
import type { AttributeSet } from './types.js';

/**
 * Checks that attributes were made for a model.
 * @param sha256 - Of the model's encoder.
 * @throws {FaceMorphError} `MODEL_MISMATCH`
 */
export function assertModel(set: AttributeSet, sha256: string, size: number): void {
  if (set.model.sha256 === sha256 && set.latent.size === size) return;
  const owner = `"${set.model.id}" (${set.model.sha256.slice(0, 12)}, latent size ${set.latent.size})`;
  throw new FaceMorphError(
    'MODEL_MISMATCH',
    `The attributes belong to model ${owner}, not to ${sha256.slice(0, 12)} with latent size ${size}`,
    {
      hint: 'Use the attribute file that came with this model, or learn the attribute again.',
      details: { expected: sha256, received: set.model.sha256 },
    },
  );
}
