import { useEffect, useRef } from 'react';
import { editFromHash } from '../hooks/edit-link.js';
import type { FaceMorphState } from '../hooks/use-face-morph.js';

/** Does the edit of the link that the page was opened with, once, as a step that can be undone. */
export function useEditLink({ model, face, editor, setError }: FaceMorphState): void {
  const done = useRef(false);
  const { measured, setEdit } = editor;
  useEffect(() => {
    if (done.current || !model.model || !face.opened) return;
    done.current = true;
    try {
      const edit = editFromHash(location.hash, model.model, measured);
      if (edit) setEdit(edit);
    } catch (error) {
      setError(error);
    }
  }, [model.model, face.opened, measured, setEdit, setError]);
}
