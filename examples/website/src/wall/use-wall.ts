import type { Pixels } from '@facemorph/core';
import { useEffect, useState } from 'react';
import { type DescribedError, describeError, isAbort } from '../model/describe-error.js';
import type { FaceLibrary } from '../session/face-library.js';

const NONE: readonly Pixels[] = [];

/** The pictures of a seed's faces, one more with each that is drawn. */
export function useWall(
  library: FaceLibrary,
  seed: number,
  onError: (error: DescribedError) => void,
): readonly Pixels[] {
  const [drawn, setDrawn] = useState({ seed, pictures: NONE });
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    async function draw(): Promise<void> {
      let pictures = NONE;
      for (const face of await library.samples(seed)) {
        const picture = await face.render({ signal });
        if (signal.aborted) return;
        pictures = [...pictures, picture];
        setDrawn({ seed, pictures });
      }
    }
    draw().catch((error: unknown) => {
      if (!signal.aborted && !isAbort(error)) onError(describeError(error));
    });
    return () => controller.abort();
  }, [library, seed, onError]);
  return drawn.seed === seed ? drawn.pictures : NONE;
}
