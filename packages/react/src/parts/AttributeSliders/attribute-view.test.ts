import type { Attribute } from '@facemorph/core';
import { describe, expect, it } from 'vitest';
import { alsoChanges, headlinesOf, search, sectionsOf } from './attribute-view.js';
import { defaultHeadlines } from './headlines.js';

function attribute(
  name: string,
  group: Attribute['group'],
  label: string,
  also: Record<string, number> = {},
): Attribute {
  return {
    name,
    label,
    group,
    probe: { weights: new Float32Array(1), bias: 0 },
    direction: new Float32Array(1),
    range: [-3, 3],
    method: 'joint',
    related: [],
    evidence: { also },
  };
}

const smile = attribute('smiling', 'expression', 'Smile', {
  smiling: 1,
  mouth_open: -0.6,
  young: 0.05,
  gone: 0.9,
});
const mouth = attribute('mouth_open', 'expression', 'Open mouth');
const young = attribute('young', 'age and sex', 'Youth');
const gray = attribute('gray_hair', 'hair colour', 'Gray hair');
const all = [young, smile, mouth, gray];

describe('the sliders of a model', () => {
  it('puts the headline attributes first and the others in groups', () => {
    const first = headlinesOf(all, defaultHeadlines);
    expect(first.map(({ title }) => title)).toEqual(['Smile', 'Hair colour']);
    expect(sectionsOf(all, first)).toEqual([
      { group: 'expression', attributes: [mouth] },
      { group: 'age and sex', attributes: [young] },
    ]);
  });

  it('finds attributes by any part of label, name or group', () => {
    expect(search(all, 'HAIR gr', () => '')).toEqual([gray]);
    expect(search(all, 'mouth', () => '')).toEqual([mouth]);
    expect(search(all, 'expression', () => '')).toEqual([smile, mouth]);
    expect(search(all, 'wings', () => '')).toEqual([]);
  });

  it('names what moves along, known and noticeable only', () => {
    expect(alsoChanges(smile, all)).toEqual([mouth]);
  });
});

it('finds attributes by their translated label too', () => {
  expect(search(all, 'lächeln', ({ name }) => (name === 'smiling' ? 'Lächeln' : ''))).toEqual([
    smile,
  ]);
});
