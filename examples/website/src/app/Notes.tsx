import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icons/Icon.js';

const NOTES: readonly (readonly [icon: IconName, title: string, text: string])[] = [
  [
    'shield',
    'Private',
    'The model runs inside this tab. Photos are never uploaded, stored or counted.',
  ],
  ['person', 'With consent', 'Edit pictures of people who agreed to it, yourself first of all.'],
  [
    'spark',
    'Say it is AI',
    'The faces on the sheet belong to nobody. Whatever you save here is made or changed by AI: say so when you share it.',
  ],
];

/** What a visitor should know about privacy, consent and marking. Renders a `<footer>`. */
export function Notes(): ReactNode {
  return (
    <footer className="notes">
      {NOTES.map(([icon, title, text]) => (
        <p key={title} className="note">
          <Icon name={icon} />
          <span>
            <strong>{title}.</strong> {text}
          </span>
        </p>
      ))}
    </footer>
  );
}
