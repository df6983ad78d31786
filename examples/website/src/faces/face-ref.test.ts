import { describe, expect, test } from 'vitest';
import {
  describeFaceRef,
  faceRef,
  formatFaceRef,
  parseFaceRef,
  parseFaceRefs,
  variationOf,
} from './face-ref.js';

describe('names of faces', () => {
  test.each([
    ['7.3', faceRef(7, 3)],
    ['0.0', faceRef(0, 0)],
    ['7.3@1.1', faceRef(7, 3, 1.1)],
    ['7.3~5~2', variationOf(variationOf(faceRef(7, 3), 5), 2)],
    ['99999.23@0.3~11', variationOf(faceRef(99_999, 23, 0.3), 11)],
  ])('%s is written and read', (text, ref) => {
    expect(formatFaceRef(ref)).toBe(text);
    expect(parseFaceRef(text)).toEqual(ref);
  });

  test('a seed alone is its first face', () => {
    expect(parseFaceRef('7')).toEqual(faceRef(7, 0));
  });

  test.each([
    '',
    '-1',
    '7.',
    '7.3~',
    '7.3@',
    '7.3@3',
    '7.5000',
    '4294967296.1',
    'NaN',
    '7.3~x',
    '1.1~1~1~1~1~1~1~1~1~1',
  ])('%o is no face', (text) => {
    expect(parseFaceRef(text)).toBeNull();
  });

  test('people count from 1', () => {
    expect(describeFaceRef(faceRef(7, 3))).toBe('Face 4 of sheet 7');
    const variation = variationOf(variationOf(faceRef(7, 3), 5), 0);
    expect(describeFaceRef(variation)).toBe('Variation 6.1 of face 4, sheet 7');
  });

  test('a list keeps what can be read', () => {
    expect(parseFaceRefs('7.3,nobody,8.1')).toEqual([faceRef(7, 3), faceRef(8, 1)]);
    expect(parseFaceRefs(null)).toEqual([]);
  });

  test('variations of variations end somewhere, and stay readable', () => {
    let ref = faceRef(1, 1);
    for (let i = 0; i < 30; i++) ref = variationOf(ref, i);
    expect(parseFaceRef(formatFaceRef(ref))).toEqual(ref);
  });
});
