import { assertModel } from './assert-model.js';
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
