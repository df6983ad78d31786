import { type FaceMorph, type LearnedAttribute, writeAttributes } from '@facemorph/core';
import type { ReactNode } from 'react';
import { saveFile } from '../../files/save-file.js';
import { Icon } from '../../icons/Icon.js';
import { formatRoute } from '../../router/route.js';
import { SliderTrial } from './SliderTrial.js';

interface LearnedProps {
  readonly model: FaceMorph;
  readonly learned: LearnedAttribute;
}

/** The new slider on a face, how well it tells faces apart, and its file. */
export function Learned({ model, learned }: LearnedProps): ReactNode {
  const { attribute, auroc, correlation, chance, faces, warnings } = learned;
  const isNumbers = correlation !== undefined;

  function save(): void {
    const text = JSON.stringify(writeAttributes(learned.set));
    const blob = new Blob([text], { type: 'application/json' });
    saveFile(blob, `${attribute.name}.attributes.json`);
  }

  return (
    <section className="learned" aria-label="What was learned">
      <SliderTrial model={model} attributes={[attribute]}>
        <dl>
          <div>
            <dt>{isNumbers ? 'Agrees with the numbers' : 'Told apart'}, on faces left out</dt>
            <dd>
              {isNumbers ? `${correlation.toFixed(2)} correlation` : `${auroc.toFixed(2)} AUROC`}
            </dd>
          </div>
          <div>
            <dt>Shuffled {isNumbers ? 'numbers' : 'piles'} do as well</dt>
            <dd>{(100 * chance).toFixed(0)} % of trials</dd>
          </div>
          <div>
            <dt>Learned from</dt>
            <dd>{faces} faces</dd>
          </div>
        </dl>
        {warnings.map(({ code, message, hint }) => (
          <p key={code} className="learned-warning">
            <strong>{message}.</strong> {hint}
          </p>
        ))}
        <div className="fm-tools">
          <button type="button" className="fm-button fm-button-primary" onClick={save}>
            <Icon name="save" />
            <span>Save the slider</span>
          </button>
          <a className="fm-button" href={formatRoute('edit')}>
            <Icon name="edit" />
            <span>Use it in the editor</span>
          </a>
        </div>
      </SliderTrial>
    </section>
  );
}
