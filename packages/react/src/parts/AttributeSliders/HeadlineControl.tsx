import { type ReactNode, useId, useState } from 'react';
import { useLabels } from '../../labels/LabelsProvider.js';
import type { Headline } from './attribute-view.js';

interface HeadlineControlProps {
  readonly headline: Headline;
  readonly strengths: Readonly<Record<string, number>>;
  /** The slider of one attribute. */
  readonly children: (name: string) => ReactNode;
}

/** A big control: a title, a choice where there are several attributes, and one slider. */
export function HeadlineControl(props: HeadlineControlProps): ReactNode {
  const { headline, strengths, children } = props;
  const { title, attributes } = headline;
  const labels = useLabels();
  const group = useId();
  const [chosen, setChosen] = useState(
    () => attributes.find(({ name }) => strengths[name])?.name ?? attributes[0]?.name ?? '',
  );

  return (
    <section className="fm-headline" aria-labelledby={`${group}-title`}>
      <h3 className="fm-headline-title" id={`${group}-title`}>
        {labels.headline(title)}
      </h3>
      {attributes.length > 1 && (
        <fieldset className="fm-choices">
          <legend className="fm-hidden">{labels.choiceOf(labels.headline(title))}</legend>
          {attributes.map(({ name, label }) => {
            const strength = strengths[name];
            return (
              <label
                key={name}
                className="fm-choice"
                data-name={name}
                data-edited={strength ? '' : undefined}
              >
                <input
                  type="radio"
                  name={group}
                  checked={name === chosen}
                  onChange={() => setChosen(name)}
                />
                <span>{shortLabel(labels.attribute(name, label), title)}</span>
                {strength ? <span className="fm-hidden">{labels.shown(strength)}</span> : null}
              </label>
            );
          })}
        </fieldset>
      )}
      {children(chosen)}
    </section>
  );
}

/** "Blond hair" under "Hair colour" is just "Blond". */
function shortLabel(label: string, title: string): string {
  if (!title.toLowerCase().startsWith('hair')) return label;
  return label.replace(/\s+hair$/i, '');
}
