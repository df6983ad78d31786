import type { Face } from '@facemorph/core';
import type { HTMLAttributes, ReactNode } from 'react';
import { useLabels } from '../../labels/LabelsProvider.js';
import { classNames } from '../class-names.js';
import { Thumbnail } from '../Thumbnail/Thumbnail.js';
import { usePictures } from './use-pictures.js';

/** Props of {@link FaceGrid}, and of a `<ul>`. */
export interface FaceGridProps
  extends Omit<HTMLAttributes<HTMLUListElement>, 'children' | 'onChange'> {
  /** Keep the array the same between renders. */
  readonly faces: readonly Face[];
  /** How many places to leave for faces that are still to come. @defaultValue `faces.length` */
  readonly places?: number;
  /** Which one is chosen. */
  readonly chosen?: number | undefined;
  readonly onChoose: (index: number, face: Face) => void;
  readonly onError?: (error: unknown) => void;
  /** What a face is called. @defaultValue "Face 1", ... */
  readonly nameOf?: (index: number) => string;
}

/**
 * A contact sheet: faces to choose from, drawn one after another. Renders a `<ul>` of `<button>`s.
 */
export function FaceGrid(props: FaceGridProps): ReactNode {
  const {
    faces,
    places = faces.length,
    chosen,
    onChoose,
    onError,
    nameOf,
    className,
    ...rest
  } = props;
  const labels = useLabels();
  const pictures = usePictures(faces, onError);
  return (
    <ul {...rest} className={classNames('fm-faces', className)}>
      {Array.from({ length: places }, (_, index) => {
        const face = faces[index];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a face has no name but its place
          <li key={index}>
            <button
              type="button"
              className="fm-face"
              aria-label={nameOf?.(index) ?? labels.faceNumber(index + 1)}
              aria-pressed={index === chosen}
              disabled={!pictures[index]}
              onClick={() => face && onChoose(index, face)}
            >
              <Thumbnail pixels={pictures[index]} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
