import type { Face, FaceMorph } from '@facemorph/core';
import { type ReactNode, useEffect, useState } from 'react';
import { FaceEditorProvider } from '../hooks/editor-context.js';
import type { FaceEdit } from '../hooks/face-edit.js';
import { type FaceEditor, useFaceEditor } from '../hooks/use-face-editor.js';
import { FaceCanvas } from '../parts/FaceCanvas/FaceCanvas.js';
import { loadSketchModel } from './sketch-model.js';
import { useRendered } from './use-rendered.js';

/** Loaded once for all stories. */
let loading: Promise<FaceMorph> | undefined;

/** The sketch model, once it is there. */
export function useSketchModel(): FaceMorph | null {
  const [model, setModel] = useState<FaceMorph | null>(null);
  useEffect(() => {
    loading ??= loadSketchModel();
    loading.then(setModel);
  }, []);
  return model;
}

/** Faces of the sketch model; `null` until they are there. */
export function useSketchFaces(count: number, seed = 7): readonly Face[] | null {
  const model = useSketchModel();
  const [faces, setFaces] = useState<readonly Face[] | null>(null);
  useEffect(() => {
    model?.sample({ seed, count }).then(setFaces);
  }, [model, seed, count]);
  return faces;
}

/** What a story of a part gets. */
export interface SketchedParts {
  readonly model: FaceMorph;
  readonly face: Face;
  readonly editor: FaceEditor;
}

interface SketchedProps {
  readonly edit?: FaceEdit;
  /** Shows the face above. @defaultValue false */
  readonly picture?: boolean;
  readonly onCommit?: (edit: FaceEdit) => void;
  readonly children: (parts: SketchedParts) => ReactNode;
}

/** An editor around a part, on a sketched face. */
export function Sketched(props: SketchedProps): ReactNode {
  const model = useSketchModel();
  const face = useSketchFaces(1)?.[0];
  return model && face ? <Inside {...props} model={model} face={face} /> : null;
}

function Inside(props: SketchedProps & { model: FaceMorph; face: Face }): ReactNode {
  const { model, face, edit, picture = false, onCommit, children } = props;
  const original = useRendered(face);
  const editor = useFaceEditor({ model, face, original, defaultValue: edit, onCommit });
  return (
    <FaceEditorProvider editor={editor}>
      <div style={{ display: 'grid', gap: 16, maxWidth: 420 }}>
        {picture && <FaceCanvas source={editor.live} style={{ maxWidth: 220 }} />}
        {children({ model, face, editor })}
      </div>
    </FaceEditorProvider>
  );
}
