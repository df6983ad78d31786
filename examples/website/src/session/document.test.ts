import { describe, expect, it } from 'vitest';
import { keptNames, type StudioDocument, withLockToggled, withStrength } from './document.js';

const start: StudioDocument = {
  face: { kind: 'sample', seed: 1, index: 0 },
  strengths: {},
  locks: [],
};

describe('a document', () => {
  it('forgets an attribute that goes back to zero', () => {
    const edited = withStrength(start, 'smiling', 2);
    expect(edited.strengths).toEqual({ smiling: 2 });
    expect(withStrength(edited, 'smiling', 0).strengths).toEqual({});
  });

  it('holds a locked edit by its strength and a locked rest by keep', () => {
    const locked = withLockToggled(withLockToggled(start, 'young'), 'smiling');
    expect(keptNames(locked)).toEqual(['young', 'smiling']);
    expect(keptNames(withStrength(locked, 'smiling', 1))).toEqual(['young']);
    expect(withLockToggled(locked, 'young').locks).toEqual(['smiling']);
  });
});
