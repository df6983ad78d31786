import { describe, expect, it } from 'vitest';
import { createFakeAttributes } from '../testing/fake-attributes.js';
import { mergeAttributes } from './merge.js';

const set = createFakeAttributes();

describe('mergeAttributes', () => {
  const renamed = (name: string, label: string) => ({
    ...set,
    attributes: [{ ...set.attributes[0]!, name, label }],
  });

  it('adds at the end and replaces by name', () => {
    const merged = mergeAttributes(set, renamed('mine', 'Mine'), renamed('male', 'Other'));
    expect(merged.attributes.map(({ name }) => name)).toEqual([
      ...set.attributes.map(({ name }) => name),
      'mine',
    ]);
    expect(merged.attributes.find(({ name }) => name === 'male')!.label).toBe('Other');
  });

  it('refuses attributes of another model', () => {
    const other = createFakeAttributes({ sha256: 'b'.repeat(64) });
    expect(() => mergeAttributes(set, other)).toThrow(
      expect.objectContaining({ code: 'MODEL_MISMATCH' }),
    );
  });
});
