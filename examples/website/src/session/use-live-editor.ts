import type { FaceMorph, LiveEditor } from '@facemorph/core';
import { useEffect, useState } from 'react';
import { type DescribedError, describeError } from '../model/describe-error.js';
import { isSameFace, keptNames, type StudioDocument } from './document.js';
import type { OpenFace } from './use-face.js';

/**
 * The live editor of a face. Drags write to it without React; each commit makes it agree with
 * the document again.
 */
export function useLiveEditor(
  model: FaceMorph,
  open: OpenFace | null,
  document: StudioDocument,
  onError: (error: DescribedError) => void,
): LiveEditor | null {
  const [created, setCreated] = useState<{ open: OpenFace; editor: LiveEditor } | null>(null);
  // Between two faces there is none: the one before is already disposed of.
  const editor = created?.open === open ? (created?.editor ?? null) : null;

  useEffect(() => {
    if (!open) return;
    const fresh = model.editor(open.face, { onError: (error) => onError(describeError(error)) });
    setCreated({ open, editor: fresh });
    return () => {
      setCreated(null);
      fresh.dispose();
    };
  }, [model, open, onError]);

  useEffect(() => {
    // While the next face is on its way the editor still shows the one before.
    if (!editor || !open || !isSameFace(open.ref, document.face)) return;
    editor.keep(keptNames(document));
    editor.setAll(document.strengths);
  }, [editor, open, document]);
  return editor;
}
