import type { Face, FaceMorph } from '@facemorph/core';
import { useEffect, useState } from 'react';
import { type FaceRef, parseFaceRefs } from './face-ref.js';
import { keyOfRefs, resolveFaces } from './resolve-face.js';

const NONE: readonly Face[] = [];

/** The faces of some names; none until they are there. The list changes with the names only. */
export function useFaces(model: FaceMorph | null, refs: readonly FaceRef[]): readonly Face[] {
  const key = keyOfRefs(refs);
  const [found, setFound] = useState({ model, key, faces: NONE });
  useEffect(() => {
    if (!model || key === '') return;
    const controller = new AbortController();
    resolveFaces(model, parseFaceRefs(key), controller.signal).then(
      (faces) => {
        if (!controller.signal.aborted) setFound({ model, key, faces });
      },
      // Only a model that was disposed of fails here; its faces are not wanted any more.
      () => {},
    );
    return () => controller.abort();
  }, [model, key]);
  return found.model === model && found.key === key ? found.faces : NONE;
}
