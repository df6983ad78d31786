import type { Face, FaceMorph } from '@facemorph/core';
import { FaceGrid, PhotoButton } from '@facemorph/react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Icon } from '../icons/Icon.js';
import { faceRef, randomSeed } from './face-ref.js';
import { useFaces } from './use-faces.js';

interface FacePanelProps {
  readonly model: FaceMorph;
  readonly title: string;
  readonly hint: string;
  /** May be called long after the render that it is from: a photo takes its time to open. */
  readonly onPick: (face: Face) => void;
  /** Without it the panel only replaces. */
  readonly onAdd?: ((face: Face) => void) | undefined;
  readonly onError: (error: unknown) => void;
}

const COUNT = 24;

/** Faces to put somewhere: made-up ones, or one from a photo. */
export function FacePanel(props: FacePanelProps): ReactNode {
  const { model, title, hint, onPick, onAdd, onError } = props;
  const [seed, setSeed] = useState(7);
  const [adding, setAdding] = useState(false);
  const [opening, setOpening] = useState(false);
  const refs = useMemo(() => Array.from({ length: COUNT }, (_, i) => faceRef(seed, i)), [seed]);
  const faces = useFaces(model, refs);

  const chosen = useRef<AbortController>(undefined);
  useEffect(() => () => chosen.current?.abort(), []);

  /**
   * A face is chosen, and where it goes is settled, however long it takes to open. A photo that was
   * chosen before and is not open yet gives way to it.
   */
  function choose(): { readonly put: (face: Face) => void; readonly signal: AbortSignal } {
    chosen.current?.abort();
    chosen.current = new AbortController();
    setAdding(false);
    setOpening(false);
    return { put: adding && onAdd ? onAdd : onPick, signal: chosen.current.signal };
  }

  async function open(photo: File): Promise<void> {
    const { put, signal } = choose();
    setOpening(true);
    try {
      const { face } = await model.open(photo, { signal });
      if (!signal.aborted) put(face);
    } catch (error) {
      if (!signal.aborted) onError(error);
    } finally {
      if (!signal.aborted) setOpening(false);
    }
  }

  return (
    <div className="face-panel" aria-busy={opening || undefined}>
      <div className="face-panel-head">
        <h2>{adding ? 'One more face' : title}</h2>
        <p>{opening ? 'Looking for the face …' : adding ? 'Pick the one to add.' : hint}</p>
      </div>
      <div className="fm-tools">
        <PhotoButton onPhoto={(photo) => void open(photo)} />
        <button type="button" className="fm-button" onClick={() => setSeed(randomSeed())}>
          <Icon name="dice" />
          <span>New faces</span>
        </button>
        {onAdd && (
          <button
            type="button"
            className="fm-button"
            aria-pressed={adding}
            onClick={() => setAdding(!adding)}
          >
            <Icon name="plus" />
            <span>Add</span>
          </button>
        )}
      </div>
      <FaceGrid
        faces={faces}
        places={COUNT}
        nameOf={(index) => `Face ${index + 1} of sheet ${seed}`}
        onChoose={(_index, face) => choose().put(face)}
        onError={onError}
      />
    </div>
  );
}
