import type { Face } from '@facemorph/core';
import type { ReactNode } from 'react';
import { FaceThumb } from '../../faces/FaceThumb.js';
import { Icon } from '../../icons/Icon.js';

interface KeyFacesProps {
  readonly keys: readonly Face[];
  readonly selected: number;
  readonly onSelect: (index: number) => void;
  readonly onRemove: (index: number) => void;
}

/** The faces that a morph goes through, as frames of one strip. Renders an `<ol>`. */
export function KeyFaces({ keys, selected, onSelect, onRemove }: KeyFacesProps): ReactNode {
  return (
    <ol className="film strip" aria-label="Key faces">
      {keys.map((face, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a key face is its place
        <li key={index}>
          <button
            type="button"
            className="fm-face"
            aria-label={`Key face ${index + 1}`}
            aria-pressed={index === selected}
            onClick={() => onSelect(index)}
          >
            <FaceThumb face={face} />
          </button>
          {keys.length > 2 && (
            <button
              type="button"
              className="strip-remove"
              aria-label={`Take key face ${index + 1} out`}
              title="Take it out"
              onClick={() => onRemove(index)}
            >
              <Icon name="close" />
            </button>
          )}
        </li>
      ))}
    </ol>
  );
}
