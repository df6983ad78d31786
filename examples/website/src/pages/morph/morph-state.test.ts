import type { Face } from '@facemorph/core';
import { describe, expect, test } from 'vitest';
import { faceRef } from '../../faces/face-ref.js';
import {
  MAX_KEYS,
  parseKeys,
  parseLook,
  parseTime,
  withKey,
  withNewKey,
  withoutKey,
} from './morph-state.js';

const query = (text: string) => new URLSearchParams(text);

describe('the morph in a link', () => {
  test('faces in their order', () => {
    expect(parseKeys(query('faces=7.3,9.1'))).toEqual([faceRef(7, 3), faceRef(9, 1)]);
  });

  test('one face gets another to morph into', () => {
    expect(parseKeys(query('faces=7.23'))).toEqual([faceRef(7, 23), faceRef(7, 0)]);
  });

  test('no faces, or none that can be read, give some to begin with', () => {
    expect(parseKeys(query('')).length).toBeGreaterThan(1);
    expect(parseKeys(query('faces=x,y')).length).toBeGreaterThan(1);
  });

  test('no more faces than there is room for', () => {
    const faces = Array.from({ length: 50 }, (_, index) => `7.${index}`).join();
    expect(parseKeys(query(`faces=${faces}`))).toHaveLength(MAX_KEYS);
  });

  test('what is out of range is as at first', () => {
    const look = { easing: 'smooth', path: 'linear', seconds: 4 };
    expect(parseLook(query('easing=jumpy&path=home&seconds=99'))).toEqual(look);
    expect(parseLook(query('easing=linear&path=spherical&seconds=2'))).toEqual({
      easing: 'linear',
      path: 'spherical',
      seconds: 2,
    });
    expect(parseTime(query('t=7'))).toBe(0);
    expect(parseTime(query('t=0.25'))).toBe(0.25);
  });
});

describe('the key faces', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'] as unknown as [Face, Face, Face, Face];
  const strip = { keys: [a, b, c], selected: 2 };

  test('one more stands at the end and is selected, while there is room', () => {
    expect(withNewKey(withoutKey(strip, 0), d)).toEqual({ keys: [b, c, d], selected: 2 });
    const full = { keys: Array<Face>(MAX_KEYS).fill(a), selected: 0 };
    expect(withNewKey(full, b)).toBe(full);
  });

  test('another one at a place leaves the selection where it is', () => {
    expect(withKey({ ...strip, selected: 0 }, 2, d)).toEqual({ keys: [a, b, d], selected: 0 });
    expect(withKey(strip, 7, d)).toEqual(strip);
  });
});
