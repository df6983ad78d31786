import { type FaceMorph, type LearnedAttribute, writeAttributes } from '@facemorph/core';
import { AttributeSlider, Equation, FaceCanvas, useFaceEditor } from '@facemorph/react';
import type { ReactNode } from 'react';
import { faceRef } from '../../faces/face-ref.js';
import { useFaces } from '../../faces/use-faces.js';
import { saveFile } from '../../files/save-file.js';
import { Icon } from '../../icons/Icon.js';
import { formatRoute } from '../../router/route.js';

interface LearnedProps {
  readonly model: FaceMorph;
  readonly learned: LearnedAttribute;
}

const FACES = [faceRef(7, 13)];

/** The new slider on a face, how well it tells faces apart, and its file. */
export function Learned({ model, learned }: LearnedProps): ReactNode {
  const { attribute, auroc, chance, faces, warnings } = learned;
  const [face = null] = useFaces(model, FACES);
  const editor = useFaceEditor({ model, face });

  function save(): void {
    const text = JSON.stringify(writeAttributes(learned.set));
    const blob = new Blob([text], { type: 'application/json' });
    saveFile(blob, `${attribute.name}.attributes.json`);
  }

  return (
    <section className="learned" aria-label="What was learned">
      <div className="print">
        <FaceCanvas source={editor.live} original={editor.original} />
        <div className="print-caption">
          <Equation editor={editor} />
        </div>
      </div>
      <div className="learned-words">
        <AttributeSlider
          attribute={attribute}
          strength={editor.edit.strengths[attribute.name] ?? 0}
          measured={editor.measured[attribute.name]}
          onPreview={editor.preview}
          onCommit={editor.commit}
        />
        <dl>
          <div>
            <dt>Told apart, on faces left out</dt>
            <dd>{auroc.toFixed(2)} AUROC</dd>
          </div>
          <div>
            <dt>Shuffled piles do as well</dt>
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
      </div>
    </section>
  );
}
