import type { Face, FaceMorph } from '@facemorph/core';
import { useEffect, useRef, useState } from 'react';

/** What {@link useOpenPhotos} gives. */
interface OpenPhotos<Pile> {
  /** The pile that photos are being opened for. */
  readonly opening: Pile | null;
  readonly open: (files: readonly File[], pile: Pile) => void;
}

/** Finds the faces of photos one after the other; one without a face is reported, the rest goes on. */
export function useOpenPhotos<Pile>(
  model: FaceMorph,
  onFace: (face: Face, pile: Pile, file: File) => void,
  onError: (error: unknown) => void,
): OpenPhotos<Pile> {
  const [opening, setOpening] = useState<Pile | null>(null);
  const gone = useRef<AbortController>(undefined);
  useEffect(() => {
    const controller = new AbortController();
    gone.current = controller;
    return () => controller.abort();
  }, []);

  async function openAll(files: readonly File[], pile: Pile): Promise<void> {
    const signal = gone.current?.signal;
    setOpening(pile);
    for (const file of files) {
      try {
        const photo = await model.open(file, { signal });
        onFace(photo.face, pile, file);
      } catch (error) {
        if (signal?.aborted) return;
        onError(error);
      }
    }
    setOpening(null);
  }

  return { opening, open: (files, pile) => void openAll(files, pile) };
}
