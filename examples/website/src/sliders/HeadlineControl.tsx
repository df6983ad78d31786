import { type ReactNode, useId, useState } from 'react';
import type { Headline } from '../model/attribute-view.js';
import { shownStrength } from './value-text.js';

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
  const group = useId();
  const [chosen, setChosen] = useState(
    () => attributes.find(({ name }) => strengths[name])?.name ?? attributes[0]?.name ?? '',
  );

  return (
    <section className="headline" aria-label={title}>
      <h3 className="headline-title">{title}</h3>
      {attributes.length > 1 && (
        <fieldset className="choices">
          <legend className="visually-hidden">{title}: which</legend>
          {attributes.map(({ name, label }) => (
            <label
              key={name}
              className="choice"
              data-name={name}
              data-edited={strengths[name] ? '' : undefined}
            >
              <input
                type="radio"
                name={group}
                checked={name === chosen}
                onChange={() => setChosen(name)}
              />
              <span>{shortLabel(label, title)}</span>
              {strengths[name] ? (
                <span className="visually-hidden">{shownStrength(strengths[name])}</span>
              ) : null}
            </label>
          ))}
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
