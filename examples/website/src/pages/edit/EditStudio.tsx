import type { Face, FaceMorph, Photo } from '@facemorph/core';
import {
  AttributeSliders,
  type FaceEdit,
  FaceEditorProvider,
  type FaceSource,
  useFaceMorph,
  useOpenFile,
  useShortcuts,
} from '@facemorph/react';
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import { useShell } from '../../app/shell.js';
import { faceRef, randomSeed } from '../../faces/face-ref.js';
import { resolveFaces } from '../../faces/resolve-face.js';
import { writeState } from '../../router/use-visit.js';
import { EditStage } from './EditStage.js';
import { formatEditState } from './edit-state.js';
import { headlines } from './headlines.js';
import { usePaste } from './use-paste.js';

interface EditStudioProps {
  readonly model: FaceMorph;
  /** The face at first. */
  readonly face: Face;
  /** The edit at first. */
  readonly edit: FaceEdit;
}

/** Print and tools on one side, sliders on the other; its link follows what is done. */
export function EditStudio({ model, face, edit }: EditStudioProps): ReactNode {
  const { takePhoto } = useShell();
  const state = useFaceMorph({ load: { model }, source: { face }, defaultValue: edit });
  const { editor, source, openPhoto, showFace, setError } = state;
  const { photoName, willOpen } = usePhotoName(source);

  const openPhotoFile = useCallback(
    (file: File): void => {
      willOpen(file);
      openPhoto(file);
    },
    [openPhoto, willOpen],
  );
  const open = useOpenFile(state, openPhotoFile);
  useEffect(() => {
    const photo = takePhoto();
    if (photo) open(photo);
  }, [takePhoto, open]);
  usePaste(open);
  useShortcuts(editor);

  const current = 'face' in source ? source.face : undefined;
  useEffect(() => {
    writeState('edit', formatEditState(current, editor.edit));
  }, [current, editor.edit]);

  async function another(): Promise<void> {
    const [next] = await resolveFaces(model, [faceRef(randomSeed(), 0)]);
    if (next) showFace({ face: next });
  }

  return (
    <FaceEditorProvider editor={editor}>
      <div className="studio">
        <EditStage
          state={state}
          photoName={photoName}
          onPhoto={open}
          onAnother={() => another().catch(setError)}
        />
        <aside className="panel" aria-label="Attributes">
          <AttributeSliders headlines={headlines} />
        </aside>
      </div>
    </FaceEditorProvider>
  );
}

/**
 * The name of the file that the shown face is in. It belongs to the photo: a file that cannot be
 * opened leaves it alone, and undo brings that of the photo before.
 */
function usePhotoName(source: FaceSource): {
  readonly photoName: string;
  readonly willOpen: (file: File) => void;
} {
  const names = useRef(new WeakMap<Photo, string>()).current;
  const newest = useRef('photo');
  const willOpen = useCallback((file: File) => {
    newest.current = file.name;
  }, []);
  const photo = 'face' in source ? source.of : undefined;
  // The newest file wins, so a photo that was not there before is that one.
  if (photo && !names.has(photo)) names.set(photo, newest.current);
  return { photoName: (photo && names.get(photo)) ?? 'photo', willOpen };
}
