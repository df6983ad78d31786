import type { ReactNode } from 'react';
import { FaceThumb } from '../../faces/FaceThumb.js';
import type { FourFaces } from './mix-state.js';

interface CornerFacesProps {
  readonly corners: FourFaces;
  readonly selected: number;
  readonly onSelect: (corner: number) => void;
}

const NAMES = ['A', 'B', 'C', 'D'];

/** The corners of the pad, to choose which one to fill. Renders an `<ol>`. */
export function CornerFaces({ corners, selected, onSelect }: CornerFacesProps): ReactNode {
  return (
    <ol className="film strip strip-corners" aria-label="Corners">
      {corners.map((face, corner) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a corner is its place
        <li key={corner}>
          <button
            type="button"
            className="fm-face"
            aria-label={`Corner ${NAMES[corner]}`}
            aria-pressed={corner === selected}
            onClick={() => onSelect(corner)}
          >
            <FaceThumb face={face} />
          </button>
        </li>
      ))}
    </ol>
  );
}
