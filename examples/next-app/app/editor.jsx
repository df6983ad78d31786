'use client';
import { FaceMorpher } from '@facemorph/react';

/** On the server an empty frame; in the browser it loads the model and becomes the editor. */
export function Editor() {
  return <FaceMorpher />;
}
