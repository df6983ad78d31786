import { addScaled, type Face, type FaceMorph, subtract } from '@facemorph/core';
import { useMemo } from 'react';
import { useSampledFaces } from './use-sampled-faces.js';

/** Options of {@link useVariations}. */
export interface VariationOptions {
  readonly seed: number;
  /** @defaultValue 24 */
  readonly count?: number;
  /** How far they are from the face: 0 is the face, 1 as far as faces are from each other. @defaultValue 0.45 */
  readonly spread?: number;
}

const NONE: readonly Face[] = [];

/**
 * Faces like one face: each a step from it in the direction of somebody made up. The list stays the
 * same until one of the arguments changes.
 *
 * @public
 */
export function useVariations(
  model: FaceMorph | null,
  face: Face | null,
  { seed, count = 24, spread = 0.45 }: VariationOptions,
): readonly Face[] {
  const others = useSampledFaces(face && model, { seed, count });
  return useMemo(() => {
    if (!model || !face) return NONE;
    const { mean } = model.attributes.latent;
    return others.map((other) =>
      model.face(addScaled(face.latent, subtract(other.latent, mean), spread)),
    );
  }, [model, face, others, spread]);
}
