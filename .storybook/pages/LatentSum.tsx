import { AttributeSlider, Equation, FaceCanvas } from '@facemorph/react';
import type { ReactNode } from 'react';
import { Sketched } from '../../packages/react/src/testing/Sketched.js';

const TERMS = ['smiling', 'beard', 'blond_hair'];

/** A face, three sliders, and the sum that they write. */
export function LatentSum(): ReactNode {
  return (
    <div className="sb-unstyled" style={{ margin: '24px 0' }}>
      <Sketched edit={{ strengths: { smiling: 1.5, beard: -0.8 }, keep: [] }}>
        {({ editor }) => (
          <>
            <FaceCanvas source={editor.live} style={{ maxWidth: 240 }} />
            <Equation />
            {editor.attributes
              .filter(({ name }) => TERMS.includes(name))
              .map((attribute) => (
                <AttributeSlider
                  key={attribute.name}
                  attribute={attribute}
                  strength={editor.edit.strengths[attribute.name] ?? 0}
                  onPreview={editor.preview}
                  onCommit={editor.commit}
                />
              ))}
          </>
        )}
      </Sketched>
    </div>
  );
}
