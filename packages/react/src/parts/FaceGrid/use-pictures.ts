import type { Face, Pixels } from '@facemorph/core';
import { useEffect, useState } from 'react';
import { useLatest } from '../../hooks/use-latest.js';

const NONE: readonly Pixels[] = [];

/** The pictures of faces, in order, one more with each that is drawn. */
export function usePictures(
  faces: readonly Face[],
  onError?: (error: unknown) => void,
): readonly Pixels[] {
  const [drawn, setDrawn] = useState({ faces, pictures: NONE });
  const report = useLatest(onError);
  useEffect(() => {
    const { signal, abort } = abortable();
    async function draw(): Promise<void> {
      let pictures = NONE;
      for (const face of faces) {
        const picture = face.aligned ?? (await face.render({ signal }));
        if (signal.aborted) return;
        pictures = [...pictures, picture];
        setDrawn({ faces, pictures });
      }
    }
    draw().catch((error: unknown) => {
      if (!signal.aborted) report.current?.(error);
    });
    return abort;
  }, [faces, report]);
  return drawn.faces === faces ? drawn.pictures : NONE;
}

function abortable(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
