import type { Face, FaceMorph } from '@facemorph/core';
import { useEffect, useRef, useState } from 'react';
import type { Side } from './learn-state.js';

/** What {@link useOpenPhotos} gives. */
interface OpenPhotos {
  /** The pile that photos are being opened for. */
  readonly opening: Side | null;
  readonly open: (files: readonly File[], side: Side) => void;
}

/** Finds the faces of photos one after the other; one without a face is reported, the rest goes on. */
export function useOpenPhotos(
  model: FaceMorph,
  onFace: (face: Face, side: Side) => void,
  onError: (error: unknown) => void,
): OpenPhotos {
  const [opening, setOpening] = useState<Side | null>(null);
  const gone = useRef<AbortController>(undefined);
  useEffect(() => {
    const controller = new AbortController();
    gone.current = controller;
    return () => controller.abort();
  }, []);

  async function openAll(files: readonly File[], side: Side): Promise<void> {
    const signal = gone.current?.signal;
    setOpening(side);
    for (const file of files) {
      try {
        const photo = await model.open(file, { signal });
        onFace(photo.face, side);
      } catch (error) {
        if (signal?.aborted) return;
        onError(error);
      }
    }
    setOpening(null);
  }

  return { opening, open: (files, side) => void openAll(files, side) };
}
