import type { Face, FaceMorph } from '@facemorph/core';
import {
  AttributeSliders,
  type FaceEdit,
  FaceEditorProvider,
  useFaceMorph,
  useOpenFile,
  useShortcuts,
} from '@facemorph/react';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
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
  const [photoName, setPhotoName] = useState('photo');

  const openPhotoFile = useCallback(
    (file: File): void => {
      setPhotoName(file.name);
      openPhoto(file);
    },
    [openPhoto],
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
