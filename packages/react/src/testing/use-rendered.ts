import type { Face, Pixels } from '@facemorph/core';
import { useEffect, useState } from 'react';

/** A face as the model draws it, once it is drawn. */
export function useRendered(face: Face | null | undefined): Pixels | undefined {
  const [pixels, setPixels] = useState<Pixels>();
  useEffect(() => {
    face?.render().then(setPixels);
  }, [face]);
  return pixels;
}
