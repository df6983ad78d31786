import type { Attribute, FaceMorph } from '@facemorph/core';
import { AttributeSlider, useFaceEditor } from '@facemorph/react';
import type { ReactNode } from 'react';
import { faceRef } from '../../faces/face-ref.js';
import { LivePrint } from '../../faces/LivePrint.js';
import { useFaces } from '../../faces/use-faces.js';

interface SliderTrialProps {
  readonly model: FaceMorph;
  /** Of the model. */
  readonly attributes: readonly Attribute[];
  /** Below the sliders. */
  readonly children: ReactNode;
}

const FACES = [faceRef(7, 13)];

/** A face with some sliders to try on it. */
export function SliderTrial({ model, attributes, children }: SliderTrialProps): ReactNode {
  const [face = null] = useFaces(model, FACES);
  const editor = useFaceEditor({ model, face });
  return (
    <>
      <LivePrint editor={editor} />
      <div className="learned-words">
        {attributes.map((attribute) => (
          <AttributeSlider
            key={attribute.name}
            attribute={attribute}
            strength={editor.edit.strengths[attribute.name] ?? 0}
            measured={editor.measured[attribute.name]}
            onPreview={editor.preview}
            onCommit={editor.commit}
          />
        ))}
        {children}
      </div>
    </>
  );
}
