import type { Face, Photo } from '@facemorph/core';
import type { ReactNode } from 'react';
import { useLabels } from '../../labels/LabelsProvider.js';
import { FaceGrid } from '../FaceGrid/FaceGrid.js';

/** Props of {@link FacePicker}. */
export interface FacePickerProps {
  readonly photo: Photo;
  /** The face that is being edited. */
  readonly chosen: Face;
  readonly onChoose: (face: Face) => void;
}

/** Which face of a photo to edit. Renders a {@link FaceGrid}, or nothing for a photo of one face. */
export function FacePicker({ photo, chosen, onChoose }: FacePickerProps): ReactNode {
  const labels = useLabels();
  if (photo.faces.length < 2) return null;
  return (
    <FaceGrid
      className="fm-picker"
      aria-label={labels.facesInPhoto}
      faces={photo.faces}
      chosen={photo.faces.indexOf(chosen)}
      onChoose={(_index, face) => onChoose(face)}
    />
  );
}
