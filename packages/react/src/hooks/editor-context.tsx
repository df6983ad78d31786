import { createContext, type ReactNode, useContext } from 'react';
import type { FaceEditor } from './use-face-editor.js';

const FaceEditorContext = /* @__PURE__ */ createContext<FaceEditor | null>(null);

/** Props of {@link FaceEditorProvider}. */
export interface FaceEditorProviderProps {
  readonly editor: FaceEditor;
  readonly children: ReactNode;
}

/** The editor of all parts inside that are given none. */
export function FaceEditorProvider({ editor, children }: FaceEditorProviderProps): ReactNode {
  return <FaceEditorContext.Provider value={editor}>{children}</FaceEditorContext.Provider>;
}

/**
 * The editor given, or that of the nearest {@link FaceEditorProvider}.
 * @throws when there is neither; `part` names who asked.
 */
export function useEditorOf(part: string, given: FaceEditor | undefined): FaceEditor {
  const provided = useContext(FaceEditorContext);
  const editor = given ?? provided;
  if (editor) return editor;
  throw new Error(`FaceMorph: <${part}> needs an editor, or a <FaceEditorProvider> around it.`);
}
