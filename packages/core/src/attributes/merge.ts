import { FaceMorphError } from '../errors.js';
import type { Attribute, AttributeSet } from './types.js';

/**
 * One set from several of the same model. The first gives mean and covariance; an attribute of a
 * later set replaces one of the same name and otherwise comes last.
 * @throws {FaceMorphError} `MODEL_MISMATCH` when the sets belong to different models.
 */
export function mergeAttributes(
  first: AttributeSet,
  ...others: readonly AttributeSet[]
): AttributeSet {
  const byName = new Map<string, Attribute>();
  for (const set of [first, ...others]) {
    assertModel(set, first.model.sha256, first.latent.size);
    for (const attribute of set.attributes) byName.set(attribute.name, attribute);
  }
  return { model: first.model, latent: first.latent, attributes: [...byName.values()] };
}

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
