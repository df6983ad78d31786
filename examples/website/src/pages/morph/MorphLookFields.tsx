import type { ReactNode } from 'react';
import { Choice } from '../../controls/Choice.js';
import type { MorphLook } from './morph-state.js';

interface MorphLookFieldsProps {
  readonly look: MorphLook;
  readonly onLook: (look: MorphLook) => void;
}

const SECONDS = [2, 4, 8] as const;

/** Pace, easing and path of a morph. */
export function MorphLookFields({ look, onLook }: MorphLookFieldsProps): ReactNode {
  return (
    <div className="fields">
      <Choice
        title="Easing"
        value={look.easing}
        options={[
          ['smooth', 'Smooth'],
          ['linear', 'Even'],
        ]}
        onChoose={(easing) => onLook({ ...look, easing })}
      />
      <Choice
        title="Path"
        value={look.path}
        options={[
          ['linear', 'Straight'],
          ['spherical', 'Around the mean'],
        ]}
        onChoose={(path) => onLook({ ...look, path })}
      />
      <Choice
        title="Length"
        value={String(look.seconds)}
        options={SECONDS.map((seconds) => [String(seconds), `${seconds} s`] as const)}
        onChoose={(seconds) => onLook({ ...look, seconds: Number(seconds) })}
      />
    </div>
  );
}
