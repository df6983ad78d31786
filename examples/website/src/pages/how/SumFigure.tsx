import type { FaceMorph } from '@facemorph/core';
import { useFaceEditor } from '@facemorph/react';
import { type ReactNode, useState } from 'react';
import { NamedSliders } from '../../controls/NamedSliders.js';
import { FaceThumb } from '../../faces/FaceThumb.js';
import { faceRef } from '../../faces/face-ref.js';
import { LivePrint } from '../../faces/LivePrint.js';
import { useFaces } from '../../faces/use-faces.js';
import { LatentBars } from './LatentBars.js';

const FACES = [13, 6, 5, 9].map((index) => faceRef(7, index));
const SLIDERS = ['smiling', 'eyeglasses', 'blond_hair', 'male'];

/** A face, its numbers, and sliders that add to them. */
export function SumFigure({ model }: { readonly model: FaceMorph }): ReactNode {
  const faces = useFaces(model, FACES);
  const [chosen, setChosen] = useState(0);
  const face = faces[chosen] ?? null;
  const editor = useFaceEditor({ model, face });
  return (
    <figure className="figure figure-sum">
      <LivePrint editor={editor} />
      <div className="figure-side">
        <ol className="film strip" aria-label="Faces to try">
          {faces.map((candidate, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a face is its place
            <li key={index}>
              <button
                type="button"
                className="fm-face"
                aria-label={`Face ${index + 1}`}
                aria-pressed={index === chosen}
                onClick={() => setChosen(index)}
              >
                <FaceThumb face={candidate} />
              </button>
            </li>
          ))}
        </ol>
        <LatentBars base={face?.latent} source={editor.live} />
        <NamedSliders editor={editor} names={SLIDERS} />
      </div>
    </figure>
  );
}
