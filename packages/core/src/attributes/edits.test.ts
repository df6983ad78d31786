import { describe, expect, it } from 'vitest';
import { createFakeAttributes } from '../testing/fake-attributes.js';
import { findAttribute, resolveKeep, resolveStrengths, scoreOf } from './edits.js';
import { editDistance, suggestName } from './suggest.js';

const set = createFakeAttributes();

describe('edits', () => {
  const face = set.latent.mean;

  it.each([
    ['smilling', 'smiling'],
    ['simling', 'smiling'],
    ['Blond Hair', 'blond_hair'],
    ['blondHair', 'blond_hair'],
    ['glasses', 'eyeglasses'],
    ['moustache', 'mustache'],
    ['smile', 'smiling'],
  ])('asks whether %s should be %s', (typed, meant) => {
    expect(() => findAttribute(set, typed)).toThrow(
      expect.objectContaining({ code: 'ATTRIBUTE_UNKNOWN', hint: `Did you mean "${meant}"?` }),
    );
  });

  it('lists what there is when nothing is near', () => {
    expect(
      suggestName(
        'xylophone',
        set.attributes.map(({ name }) => name),
      ),
    ).toBeUndefined();
    expect(() => findAttribute(set, 'xylophone')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('smiling, high_cheekbones') }),
    );
    expect(() => findAttribute(set, '__proto__')).toThrow(/Unknown attribute/);
  });

  it('counts letters to change, a swap once', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('abcd', 'acbd')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '2', null, undefined, [2]])(
    'refuses %s as a strength, naming it',
    (value) => {
      const edits = { smiling: value as number };
      expect(() => resolveStrengths(set, edits, face)).toThrow(
        /^Expected a finite number for strength "smiling" but received/,
      );
      const values = { smiling: { value: value as number } };
      expect(() => resolveStrengths(set, values, face)).toThrow(
        /^Expected a finite number for value "smiling" but received/,
      );
    },
  );

  it('says NaN as NaN', () => {
    expect(() => resolveStrengths(set, { smiling: Number.NaN }, face)).toThrow(
      'Expected a finite number for strength "smiling" but received NaN',
    );
  });

  it('allows twice the range and no more', () => {
    expect(resolveStrengths(set, { smiling: 6 }, face)).toEqual({ smiling: 6 });
    expect(() => resolveStrengths(set, { smiling: -6.01 }, face)).toThrow(
      expect.objectContaining({
        code: 'ARGUMENT_INVALID',
        hint: expect.stringContaining('-3 to 3'),
      }),
    );
    expect(() => resolveStrengths(set, { smiling: { value: 99 } }, face)).toThrow(/-6 to 6/);
  });

  it('turns values into strengths for the face, and leaves zero strengths out', () => {
    const score = scoreOf(findAttribute(set, 'smiling'), face);
    const resolved = resolveStrengths(set, { smiling: { value: 1 }, male: 0 }, face);
    expect(resolved).toEqual({ smiling: 1 - score });
    expect(resolveStrengths(set, { smiling: { value: score } }, face)).toEqual({ smiling: 0 });
  });

  it('refuses what is not an object of edits', () => {
    for (const bad of [null, 'smiling', ['smiling']]) {
      expect(() => resolveStrengths(set, bad as never, face)).toThrow(/object of strengths/);
    }
  });

  it('checks locks', () => {
    expect(resolveKeep(set, ['male', 'male'], {})).toEqual(['male']);
    expect(resolveKeep(set, undefined, {})).toEqual([]);
    expect(() => resolveKeep(set, ['mal'], {})).toThrow(/Unknown attribute "mal"/);
    expect(() => resolveKeep(set, ['male'], { male: 1 })).toThrow(/attributes that are not edited/);
    expect(() => resolveKeep(set, 'male' as never, {})).toThrow(
      /array of attribute names for keep/,
    );
  });
});
