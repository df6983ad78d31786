import type { Face } from '@facemorph/core';
import { type DragEvent, type ReactNode, useId, useState } from 'react';
import { FaceThumb } from '../../faces/FaceThumb.js';
import { Icon } from '../../icons/Icon.js';
import type { Side } from './learn-state.js';

interface PileProps {
  readonly side: Side;
  readonly faces: readonly Face[];
  readonly opening: boolean;
  /** Photos, or sliders that were saved. */
  readonly onFiles: (files: readonly File[]) => void;
  readonly onTakeBack: (face: Face) => void;
}

const TITLES = { with: 'With', without: 'Without' } as const;

/** One kind of faces; photos may be dropped on it. Renders a `<section>`. */
export function Pile({ side, faces, opening, onFiles, onTakeBack }: PileProps): ReactNode {
  const [over, setOver] = useState(false);
  const id = useId();

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) onFiles(files);
  }

  return (
    <section
      className="pile"
      aria-labelledby={id}
      data-side={side}
      data-over={over || undefined}
      aria-busy={opening || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className="pile-head">
        <h2 id={id}>
          {TITLES[side]} <span>{faces.length}</span>
        </h2>
        <label className="fm-button">
          <Icon name="plus" />
          <span>Photos</span>
          <input
            type="file"
            className="hidden"
            accept="image/*"
            multiple
            aria-label={`Photos ${side} it`}
            onChange={(event) => {
              onFiles([...(event.target.files ?? [])]);
              event.target.value = '';
            }}
          />
        </label>
      </div>
      {faces.length === 0 ? (
        <p>{opening ? 'Looking for faces …' : 'Drop photos here, or sort the faces below.'}</p>
      ) : (
        <ul>
          {faces.map((face, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a face on a pile has no other name
            <li key={index}>
              <button
                type="button"
                className="fm-face"
                aria-label={`Take face ${index + 1} back`}
                title="Take it back"
                onClick={() => onTakeBack(face)}
              >
                <FaceThumb face={face} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
