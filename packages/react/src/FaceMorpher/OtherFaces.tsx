import type { Photo } from '@facemorph/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { FaceMorphState } from '../hooks/use-face-morph.js';
import { FacePicker } from '../parts/FacePicker/FacePicker.js';

/** Props of {@link OtherFaces}. */
export interface OtherFacesProps {
  /** What `useFaceMorph` gave. */
  readonly state: FaceMorphState;
}

/**
 * The faces of the photo, where there are several: which one to edit. Renders a `FacePicker`, or
 * nothing.
 */
export function OtherFaces({ state }: OtherFacesProps): ReactNode {
  const { model, face, showFace, setError } = state;
  const { opened } = face;
  const photo = opened?.photo;
  const several = photo !== undefined && photo.located.length > 1;
  const [all, setAll] = useState<{ of: Photo; photo: Photo } | null>(null);

  useEffect(() => {
    if (!model.model || !photo || !several) return;
    const controller = new AbortController();
    const { signal } = controller;
    model.model.open(photo.pixels, { face: 'all', signal }).then(
      (found) => setAll({ of: photo, photo: found }),
      (error: unknown) => {
        if (!signal.aborted) setError(error);
      },
    );
    return () => controller.abort();
  }, [model.model, photo, several, setError]);

  if (!opened || !all || all.of !== photo) return null;
  const { faces } = all.photo;
  // Before one is chosen the largest is shown, which comes first.
  const chosen = faces.includes(opened.face) ? opened.face : all.photo.face;
  return (
    <FacePicker
      photo={all.photo}
      chosen={chosen}
      onChoose={(chosenFace) => showFace({ face: chosenFace, of: photo })}
    />
  );
}
