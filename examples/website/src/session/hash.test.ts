import { describe, expect, it } from 'vitest';
import type { StudioDocument } from './document.js';
import { formatHash, parseHash } from './hash.js';

const ranges = new Map<string, readonly [number, number]>([
  ['smiling', [-3, 3]],
  ['young', [-2, 2]],
]);

describe('the link of an edit', () => {
  it('comes back as it was written', () => {
    const document: StudioDocument = {
      face: { kind: 'sample', seed: 7, index: 3 },
      strengths: { smiling: 1.5, young: -0.75 },
      locks: ['young'],
    };
    expect(formatHash(document)).toBe('#seed=7&face=3&smiling=1.5&young=-0.75&keep=young');
    expect(parseHash(formatHash(document), ranges, 0)).toEqual(document);
  });

  it('never carries an uploaded face', () => {
    const hash = formatHash({
      face: { kind: 'upload', id: 1, name: 'me.jpg' },
      strengths: { smiling: 1 },
      locks: [],
    });
    expect(hash).toBe('#smiling=1');
  });

  it('drops what the model does not have and holds strengths in range', () => {
    const document = parseHash('#seed=x&face=99&smiling=80&wings=2&young=&keep=wings', ranges, 42);
    expect(document).toEqual({
      face: { kind: 'sample', seed: 42, index: 0 },
      strengths: { smiling: 3 },
      locks: [],
    });
  });
});
