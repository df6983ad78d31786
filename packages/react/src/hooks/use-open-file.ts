import { useCallback } from 'react';
import { editFromFile, isEditFile } from './edit-file.js';
import type { FaceMorphState } from './use-face-morph.js';
import { useLatest } from './use-latest.js';

/**
 * Opens what a user chose or dropped: the edit in a recipe file, as a step that can be undone, and
 * everything else as a picture.
 *
 * @param onPhoto - Called for pictures. @defaultValue `state.openPhoto`
 * @public
 */
export function useOpenFile(
  state: FaceMorphState,
  onPhoto: (file: File) => void = state.openPhoto,
): (file: File) => void {
  const latest = useLatest({ ...state, onPhoto });
  return useCallback(
    (file) => {
      const { model, editor, setError, onPhoto } = latest.current;
      if (!isEditFile(file) || !model.model) return onPhoto(file);
      setError(null);
      editFromFile(file, model.model, editor.measured).then(editor.setEdit, setError);
    },
    [latest],
  );
}
