import type { Face, Latent } from '@facemorph/core';
import { useEffect, useState } from 'react';
import type { FaceMorphState } from '../hooks/use-face-morph.js';
import { useIsomorphicLayoutEffect } from '../hooks/use-latest.js';
import { type Morph, useMorph } from '../hooks/use-morph.js';

type Ends = readonly (Face | Latent)[];

const NONE: Ends = [];

/** The morph from the edited face to another; it plays as soon as there is one. */
export function useMorphInto(
  { model, editor, setError }: FaceMorphState,
  target: Face | null,
): Morph {
  const { live, edit } = editor;
  const [faces, setFaces] = useState<Ends>(NONE);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new edit is another start
  useEffect(() => {
    let current = true;
    setFaces(NONE);
    if (!live || !target) return;
    live.flush().then(
      () => {
        if (current && live.frame) setFaces([live.frame.latent, target]);
      },
      () => {},
    );
    return () => {
      current = false;
    };
  }, [live, edit, target]);

  const morph = useMorph({ model: model.model, faces, onError: setError });
  const { source, play, pause, seek } = morph;
  // Before anybody can reach for the timeline, which is there from this render on.
  useIsomorphicLayoutEffect(() => {
    if (!source) return;
    seek(0);
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) play();
    return pause;
  }, [source, play, pause, seek]);
  return morph;
}
