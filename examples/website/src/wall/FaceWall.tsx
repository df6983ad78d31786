import type { ReactNode } from 'react';
import { Icon } from '../icons/Icon.js';
import type { DescribedError } from '../model/describe-error.js';
import type { FaceRef } from '../session/document.js';
import type { FaceLibrary } from '../session/face-library.js';
import { WALL_SIZE } from '../session/hash.js';
import { Thumbnail } from './Thumbnail.js';
import { useWall } from './use-wall.js';

interface FaceWallProps {
  readonly library: FaceLibrary;
  readonly seed: number;
  readonly chosen: FaceRef;
  readonly onNewFaces: () => void;
  readonly onChoose: (face: FaceRef) => void;
  readonly onError: (error: DescribedError) => void;
}

const INDICES = Array.from({ length: WALL_SIZE }, (_, index) => index);

/** The contact sheet: the faces of one seed, and a way to others. */
export function FaceWall(props: FaceWallProps): ReactNode {
  const { library, seed, chosen, onNewFaces, onChoose, onError } = props;
  const pictures = useWall(library, seed, onError);
  return (
    <section className="wall" aria-labelledby="wall-title">
      <h2 id="wall-title" className="panel-heading">
        Contact sheet <span className="wall-seed">no. {seed}</span>
      </h2>
      <button type="button" className="button" onClick={onNewFaces}>
        <Icon name="dice" />
        <span>New faces</span>
      </button>
      <ul className="wall-faces">
        {INDICES.map((index) => {
          const isChosen =
            chosen.kind === 'sample' && chosen.seed === seed && chosen.index === index;
          return (
            <li key={index}>
              <button
                type="button"
                className="wall-face"
                aria-label={`Face ${index + 1} of sheet ${seed}`}
                aria-pressed={isChosen}
                disabled={!pictures[index]}
                onClick={() => onChoose({ kind: 'sample', seed, index })}
              >
                <Thumbnail pixels={pictures[index]} />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
