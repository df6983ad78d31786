import type { Face, FaceMorph } from '@facemorph/core';
import { useEffect, useState } from 'react';

const NONE: readonly Face[] = [];

/**
 * Faces that nobody has: the first `count` of a seed. The list stays the same until one of the
 * arguments changes.
 *
 * @public
 */
export function useSampledFaces(
  model: FaceMorph | null,
  { seed, count = 24 }: { readonly seed: number; readonly count?: number },
): readonly Face[] {
  const [sampled, setSampled] = useState({ model, seed, faces: NONE });
  useEffect(() => {
    if (!model) return;
    let current = true;
    model.sample({ seed, count }).then(
      (faces) => {
        if (current) setSampled({ model, seed, faces });
      },
      // Only a model that was disposed of fails here; its faces are not wanted any more.
      () => {},
    );
    return () => {
      current = false;
    };
  }, [model, seed, count]);
  return sampled.model === model && sampled.seed === seed ? sampled.faces : NONE;
}
