import { AttributeSlider, type FaceEditor } from '@facemorph/react';
import type { ReactNode } from 'react';

interface NamedSlidersProps {
  readonly editor: FaceEditor;
  /** Attributes, in this order; those that the model does not have are left out. */
  readonly names: readonly string[];
  /** Whether each slider shows the place of the face itself. */
  readonly measured?: boolean;
  /** In place of the editor's own. */
  readonly onPreview?: FaceEditor['preview'];
}

/** A few of an editor's sliders. */
export function NamedSliders({
  editor,
  names,
  measured = false,
  onPreview = editor.preview,
}: NamedSlidersProps): ReactNode {
  return names.map((name) => {
    const attribute = editor.attributes.find((candidate) => candidate.name === name);
    if (!attribute) return null;
    return (
      <AttributeSlider
        key={name}
        attribute={attribute}
        strength={editor.edit.strengths[name] ?? 0}
        measured={measured ? editor.measured[name] : undefined}
        onPreview={onPreview}
        onCommit={editor.commit}
      />
    );
  });
}
