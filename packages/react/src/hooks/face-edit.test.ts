import { describe, expect, it } from 'vitest';
import {
  formatEdit,
  isSameEdit,
  keptNames,
  NO_EDIT,
  parseEdit,
  withKeepToggled,
  withStrength,
} from './face-edit.js';

const attributes = [
  { name: 'smiling', range: [-3, 3] as const },
  { name: 'young', range: [-2, 2] as const },
];

describe('an edit', () => {
  it('forgets an attribute that goes back to zero', () => {
    const edited = withStrength(NO_EDIT, 'smiling', 2);
    expect(edited.strengths).toEqual({ smiling: 2 });
    expect(isSameEdit(withStrength(edited, 'smiling', 0), NO_EDIT)).toBe(true);
  });

  it('holds a locked edit by its strength and a locked rest by keep', () => {
    const locked = withKeepToggled(withKeepToggled(NO_EDIT, 'young'), 'smiling');
    expect(keptNames(locked)).toEqual(['young', 'smiling']);
    expect(keptNames(withStrength(locked, 'smiling', 1))).toEqual(['young']);
    expect(withKeepToggled(locked, 'young').keep).toEqual(['smiling']);
  });

  it('comes back from a link as it was written', () => {
    const edit = { strengths: { smiling: 1.5, young: -0.75 }, keep: ['young'] };
    expect(formatEdit(edit)).toBe('smiling=1.5&young=-0.75&keep=young');
    expect(parseEdit(`#${formatEdit(edit)}`, attributes)).toEqual(edit);
    expect(formatEdit(NO_EDIT)).toBe('');
  });

  it('drops from a link what the model does not have and holds strengths in range', () => {
    expect(parseEdit('smiling=80&wings=2&young=&keep=wings', attributes)).toEqual({
      strengths: { smiling: 3 },
      keep: [],
    });
  });
});
