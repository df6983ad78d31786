import type { Face, FaceMorph } from '@facemorph/core';
import { FaceCanvas, MixPad, type MixPlace, Problem, useMix } from '@facemorph/react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { FacePanel } from '../../faces/FacePanel.js';
import { writeState } from '../../router/use-visit.js';
import { CornerFaces } from './CornerFaces.js';
import { type FourFaces, formatMix, withCorner } from './mix-state.js';
import { Shares } from './Shares.js';

interface MixStudioProps {
  readonly model: FaceMorph;
  /** At first. */
  readonly corners: FourFaces;
  readonly place: MixPlace;
}

/** The mixed face, the pad, and faces to put into its corners. */
export function MixStudio({ model, corners: first, place }: MixStudioProps): ReactNode {
  const [corners, setCorners] = useState(first);
  const [selected, setSelected] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const mix = useMix({ model, corners, defaultPlace: place, onError: setError });
  const { source, getPlace } = mix;

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const write = (): void => writeState('mix', formatMix(corners, getPlace()));
    write();
    const end = source?.subscribe(() => {
      clearTimeout(timer.current);
      timer.current = setTimeout(write, 200);
    });
    return () => {
      clearTimeout(timer.current);
      end?.();
    };
  }, [corners, source, getPlace]);

  /** Into the corner that was selected when the face was chosen. */
  function put(face: Face): void {
    setCorners((corners) => withCorner(corners, selected, face));
  }

  return (
    <div className="studio">
      <section className="stage stage-mix" aria-label="Mix">
        <figure className="print">
          <FaceCanvas source={source} aria-label="The mixed face" />
          <figcaption>
            <Shares source={source} getPlace={getPlace} />
          </figcaption>
        </figure>
        <div className="mix-map">
          <MixPad mix={mix} />
          <p>Drag the ring. The corners are your four faces, A to D.</p>
        </div>
        {error !== null && <Problem error={error} onDismiss={() => setError(null)} />}
      </section>
      <aside className="panel" aria-label="Faces">
        <CornerFaces corners={corners} selected={selected} onSelect={setSelected} />
        <FacePanel
          model={model}
          title={CORNERS[selected] ?? ''}
          hint="Pick the face for this corner."
          onPick={put}
          onError={setError}
        />
      </aside>
    </div>
  );
}

const CORNERS = ['A, top left', 'B, top right', 'C, bottom left', 'D, bottom right'];
