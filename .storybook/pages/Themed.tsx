import { AttributeSliders, HistoryControls } from '@facemorph/react';
import type { CSSProperties, ReactNode } from 'react';
import { Sketched } from '../../packages/react/src/testing/Sketched.js';

const COLOURS: CSSProperties = {
  '--fm-accent': 'light-dark(#3c4fe0, #98a2ff)',
  '--fm-surface': 'light-dark(#eef0fb, #171a2c)',
  '--fm-line': 'light-dark(#c9cdec, #343a5e)',
  '--fm-radius': '14px',
  '--fm-font': 'Georgia, serif',
  padding: 24,
  borderRadius: 14,
  background: 'var(--fm-surface)',
} as CSSProperties;

/** Parts in other clothes. */
export function Themed(): ReactNode {
  return (
    <div className="sb-unstyled" style={{ ...COLOURS, margin: '24px 0' }}>
      <Sketched picture edit={{ strengths: { smiling: 1.5 }, keep: [] }}>
        {() => (
          <>
            <HistoryControls />
            <AttributeSliders only={['smiling', 'blond_hair', 'brown_hair']} legend={false} />
          </>
        )}
      </Sketched>
    </div>
  );
}
