import type { Face, FaceMorph, LiveEditor } from '@facemorph/core';
import { useEffect, useState } from 'react';
import { type FaceEdit, keptNames } from './face-edit.js';
import { useLatest } from './use-latest.js';

/**
 * The `LiveEditor` of a face, for as long as the component shows that face. Drags write to it
 * without React; each new `edit` makes it agree with what is committed.
 *
 * @public
 */
export function useLiveEditor(
  model: FaceMorph | null,
  face: Face | null,
  edit: FaceEdit,
  onError?: (error: unknown) => void,
): LiveEditor | null {
  const [created, setCreated] = useState<{ face: Face; editor: LiveEditor } | null>(null);
  // Between two faces there is none: the one before is already disposed of.
  const editor = created && created.face === face ? created.editor : null;
  const report = useLatest(onError);

  useEffect(() => {
    if (!model || !face) return;
    const fresh = model.editor(face, { onError: (error) => report.current?.(error) });
    setCreated({ face, editor: fresh });
    return () => {
      setCreated(null);
      fresh.dispose();
    };
  }, [model, face, report]);

  useEffect(() => {
    if (!editor) return;
    try {
      // Nothing may be kept and edited at once, not even on the way from one to the other.
      editor.keep([]);
      editor.setAll(edit.strengths);
      editor.keep(keptNames(edit));
    } catch (error) {
      report.current?.(error);
    }
  }, [editor, edit, report]);
  return editor;
}
