import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icons/Icon.js';

const NOTES: readonly (readonly [icon: IconName, title: string, text: string])[] = [
  [
    'shield',
    'Nothing is uploaded',
    'The model runs inside this tab. Photos never leave this machine, and nobody counts your visit.',
  ],
  [
    'person',
    'With consent',
    'Edit pictures of people who agreed to it, yourself first of all. Made-up faces belong to nobody.',
  ],
  [
    'mark',
    'Marked as AI',
    'Each file saved here says in its metadata that a model made or changed it. Say so too when you share it.',
  ],
];

/** What a visitor should know about privacy, consent and marking. Renders a `<footer>`. */
export function Footer(): ReactNode {
  return (
    <footer className="foot">
      {NOTES.map(([icon, title, text]) => (
        <p key={title}>
          <Icon name={icon} />
          <span>
            <strong>{title}.</strong> {text}
          </span>
        </p>
      ))}
    </footer>
  );
}
