import type { Face } from '@facemorph/core';
import { type ReactNode, useId } from 'react';
import { FaceThumb } from '../../faces/FaceThumb.js';
import { DropArea } from './DropArea.js';
import { FileButton } from './FileButton.js';

/** A face on a pile. */
interface PileFace {
  readonly face: Face;
  /** For people who do not see it, such as `anna.jpg, 34`. @defaultValue its place on the pile */
  readonly name?: string;
  /** On the picture. */
  readonly mark?: string | undefined;
}

interface PileProps {
  readonly title: string;
  /** Of the button for photos, spoken. */
  readonly photosName: string;
  /** In place of faces. */
  readonly hint: string;
  readonly faces: readonly PileFace[];
  readonly opening: boolean;
  /** Photos, or whatever else was dropped. */
  readonly onFiles: (files: readonly File[]) => void;
  readonly onTakeBack: (index: number) => void;
}

/** Faces to learn from; photos may be dropped on it. Renders a `<section>`. */
export function Pile(props: PileProps): ReactNode {
  const { title, photosName, hint, faces, opening, onFiles, onTakeBack } = props;
  const id = useId();
  return (
    <DropArea className="pile" labelledBy={id} busy={opening} onFiles={onFiles}>
      <div className="pile-head">
        <h2 id={id}>
          {title} <span>{faces.length}</span>
        </h2>
        <FileButton icon="plus" name={photosName} accept="image/*" multiple onFiles={onFiles}>
          Photos
        </FileButton>
      </div>
      {faces.length === 0 ? (
        <p>{opening ? 'Looking for faces …' : hint}</p>
      ) : (
        <ul>
          {faces.map(({ face, name, mark }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a face on a pile has no other name
            <li key={i}>
              <button
                type="button"
                className="fm-face"
                aria-label={`Take ${name ?? `face ${i + 1}`} back`}
                title="Take it back"
                onClick={() => onTakeBack(i)}
              >
                <FaceThumb face={face} />
                {mark !== undefined && <span className="pile-mark">{mark}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </DropArea>
  );
}
