import type { Face, Pixels } from '@facemorph/core';
import { useEffect, useState } from 'react';
import { type DescribedError, describeError } from '../model/describe-error.js';
import type { FaceRef } from './document.js';
import type { FaceLibrary } from './face-library.js';

/** A face that is ready to be edited, with the picture it started as. */
export interface OpenFace {
  readonly ref: FaceRef;
  readonly face: Face;
  /** The photo itself where there is one, else the face as the model draws it. */
  readonly original: Pixels;
}

/** Finds the face of a reference; the one before stays until the next is ready. */
export function useFace(
  library: FaceLibrary,
  ref: FaceRef,
  onError: (error: DescribedError) => void,
): OpenFace | null {
  const [open, setOpen] = useState<OpenFace | null>(null);
  useEffect(() => {
    let current = true;
    library
      .find(ref)
      .then(async (face) => ({ ref, face, original: face.aligned ?? (await face.render()) }))
      .then(
        (found) => {
          if (current) setOpen(found);
        },
        (error: unknown) => {
          if (current) onError(describeError(error));
        },
      );
    return () => {
      current = false;
    };
  }, [library, ref, onError]);
  return open;
}
