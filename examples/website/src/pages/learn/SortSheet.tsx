import type { Face, FaceMorph } from '@facemorph/core';
import { FaceGrid } from '@facemorph/react';
import { type ReactNode, useMemo, useState } from 'react';
import { Choice } from '../../controls/Choice.js';
import { faceRef, randomSeed } from '../../faces/face-ref.js';
import { useFaces } from '../../faces/use-faces.js';
import { Icon } from '../../icons/Icon.js';
import type { Example, Side } from './learn-state.js';

interface SortSheetProps {
  readonly model: FaceMorph;
  readonly examples: readonly Example[];
  readonly onPut: (face: Face, side: Side) => void;
  readonly onError: (error: unknown) => void;
}

const COUNT = 24;

/** Made-up faces to sort by hand: a click lays one on the pile that is chosen. */
export function SortSheet({ model, examples, onPut, onError }: SortSheetProps): ReactNode {
  const [side, setSide] = useState<Side>('with');
  const [seed, setSeed] = useState(7);
  const refs = useMemo(() => Array.from({ length: COUNT }, (_, i) => faceRef(seed, i)), [seed]);
  const faces = useFaces(model, refs);
  const sides = new Map(examples.map((example) => [example.face.latent.join(), example.side]));

  function nameOf(index: number): string {
    const face = faces[index];
    const lies = face && sides.get(face.latent.join());
    return lies ? `Face ${index + 1}, ${lies} it` : `Face ${index + 1}`;
  }

  return (
    <section className="sort" aria-label="Faces to sort">
      <div className="sheet-tools">
        <Choice
          title="A click lays a face on the pile"
          value={side}
          options={[
            ['with', 'With'],
            ['without', 'Without'],
          ]}
          onChoose={setSide}
        />
        <button type="button" className="fm-button" onClick={() => setSeed(randomSeed())}>
          <Icon name="dice" />
          <span>New faces</span>
        </button>
      </div>
      <FaceGrid
        className="film"
        faces={faces}
        places={COUNT}
        nameOf={nameOf}
        onChoose={(_index, face) => onPut(face, side)}
        onError={onError}
      />
    </section>
  );
}
