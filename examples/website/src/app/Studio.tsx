import type { FaceMorph } from '@facemorph/core';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { type DescribedError, describeError } from '../model/describe-error.js';
import { FaceLibrary } from '../session/face-library.js';
import { randomSeed } from '../session/hash.js';
import { useFace } from '../session/use-face.js';
import { useLiveEditor } from '../session/use-live-editor.js';
import { useStudio } from '../session/use-studio.js';
import { useUpload } from '../session/use-upload.js';
import { SliderPanel } from '../sliders/SliderPanel.js';
import type { SliderBinding } from '../sliders/slider-binding.js';
import { Stage } from '../stage/Stage.js';
import { savePicture } from '../stage/save-picture.js';
import { useShortcuts } from '../stage/use-shortcuts.js';
import { FaceWall } from '../wall/FaceWall.js';
import { Notes } from './Notes.js';

/** The page once the model is there: contact sheet, print and sliders around one document. */
export function Studio({ model }: { readonly model: FaceMorph }): ReactNode {
  const { history, actions } = useStudio(model);
  const document = history.present;
  const [problem, setProblem] = useState<DescribedError | null>(null);
  const library = useMemo(() => new FaceLibrary(model), [model]);
  const open = useFace(library, document.face, setProblem);
  const editor = useLiveEditor(model, open, document, setProblem);
  const measured = useMemo(() => open?.face.measure() ?? {}, [open]);
  const [sheet, setSheet] = useState(() =>
    document.face.kind === 'sample' ? document.face.seed : randomSeed(),
  );
  useShortcuts(actions.undo, actions.redo);

  const editorRef = useRef(editor);
  editorRef.current = editor;
  const binding = useMemo<SliderBinding>(
    () => ({
      preview: (name, strength) => editorRef.current?.set(name, strength),
      commit: actions.setStrength,
      toggleLock: actions.toggleLock,
    }),
    [actions],
  );

  const { upload, opening } = useUpload(library, actions.showFace, setProblem);

  const save = useCallback(() => {
    if (!open) return;
    savePicture(open.face, document).catch((error) => setProblem(describeError(error)));
  }, [open, document]);

  return (
    <main className="studio">
      <FaceWall
        library={library}
        seed={sheet}
        chosen={document.face}
        onNewFaces={() => setSheet(randomSeed())}
        onChoose={actions.showFace}
        onError={setProblem}
      />
      <Stage
        attributes={model.attributes.attributes}
        editor={editor}
        open={open}
        history={history}
        actions={actions}
        problem={problem}
        opening={opening}
        onDismiss={() => setProblem(null)}
        onUpload={upload}
        onSave={save}
      />
      <aside className="panel" aria-label="Attributes">
        <SliderPanel
          attributes={model.attributes.attributes}
          document={document}
          measured={measured}
          binding={binding}
        />
      </aside>
      <Notes />
    </main>
  );
}
