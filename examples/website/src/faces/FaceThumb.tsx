import type { Face, Pixels } from '@facemorph/core';
import { Thumbnail } from '@facemorph/react';
import { type ReactNode, useEffect, useState } from 'react';

/** A small picture of a face; blank until it is drawn. */
export function FaceThumb({ face }: { readonly face: Face | undefined }): ReactNode {
  const [drawn, setDrawn] = useState<{ face: Face; pixels: Pixels } | null>(null);
  useEffect(() => {
    if (!face) return;
    let current = true;
    const picture = face.aligned ? Promise.resolve(face.aligned) : face.render();
    picture.then(
      (pixels) => {
        if (current) setDrawn({ face, pixels });
      },
      // The large picture of the same face says what is wrong.
      () => {},
    );
    return () => {
      current = false;
    };
  }, [face]);
  return <Thumbnail pixels={drawn && drawn.face === face ? drawn.pixels : undefined} />;
}
