import type { AttributeEvidence, AttributeSet, FaceMorph } from '@facemorph/core';
import type { ReactNode } from 'react';
import { Icon } from '../../icons/Icon.js';
import { formatRoute } from '../../router/route.js';
import { SliderTrial } from './SliderTrial.js';

interface LoadedProps {
  readonly model: FaceMorph;
  readonly loaded: AttributeSet;
}

/** More are found in the editor. */
const SHOWN = 4;

/** Sliders from a file, on a face, with what their file says of them. */
export function Loaded({ model, loaded }: LoadedProps): ReactNode {
  const { attributes } = loaded;
  const shown = attributes.slice(0, SHOWN);
  return (
    <section className="learned" aria-label="What was loaded">
      <SliderTrial model={model} attributes={shown}>
        <dl>
          <div>
            <dt>From the file</dt>
            <dd>{attributes.length === 1 ? '1 slider' : `${attributes.length} sliders`}</dd>
          </div>
          {shown.map(({ name, label, evidence }) => (
            <div key={name}>
              <dt>{label}, told apart</dt>
              <dd>{toldApart(evidence)}</dd>
            </div>
          ))}
        </dl>
        <div className="fm-tools">
          <a className="fm-button fm-button-primary" href={formatRoute('edit')}>
            <Icon name="edit" />
            <span>{attributes.length === 1 ? 'Use it' : 'Use them'} in the editor</span>
          </a>
        </div>
      </SliderTrial>
    </section>
  );
}

/** How well its scores agree with what it was learned from. */
function toldApart({ auroc, correlation }: AttributeEvidence): string {
  if (auroc !== undefined) return `${auroc.toFixed(2)} AUROC`;
  return correlation === undefined ? 'not said' : `${correlation.toFixed(2)} correlation`;
}
