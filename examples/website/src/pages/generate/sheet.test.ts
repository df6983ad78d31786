import { describe, expect, test } from 'vitest';
import { faceRef, formatFaceRef, variationOf } from '../../faces/face-ref.js';
import { formatSheet, parseSheet, refsOf, SHEET_SIZE } from './sheet.js';

const read = (text: string) => parseSheet(new URLSearchParams(text));

describe('the sheet in a link', () => {
  test.each([
    'seed=7',
    'seed=12&variety=1.1&face=3',
    'like=7.3~5&sheet=2&face=0',
    'seed=0&variety=0',
  ])('%s is written as it was read', (text) => {
    expect(decodeURIComponent(String(formatSheet(read(text))))).toBe(text);
  });

  test.each(['seed=x', 'seed=-1', 'variety=9', 'face=99', 'like=nobody', 'sheet=1e9', ''])(
    '%o falls back to the first sheet',
    (text) => {
      expect(read(text)).toEqual({ seed: 7, variety: 0.8, like: null, number: 0, chosen: null });
    },
  );
});

describe('faces on a sheet', () => {
  test('a seed gives its first faces', () => {
    const refs = refsOf(read('seed=9'));
    expect(refs).toHaveLength(SHEET_SIZE);
    expect(refs[23]).toEqual(faceRef(9, 23));
  });

  test('variations begin with the face itself, and no two sheets share one', () => {
    const like = variationOf(faceRef(7, 3), 5);
    const sheets = [0, 1, 2].map((number) => refsOf({ ...read('like=7.3~5'), number }));
    const names = sheets.flatMap((refs) => refs.slice(1).map(formatFaceRef));
    expect(sheets.map((refs) => refs[0])).toEqual([like, like, like]);
    expect(new Set(names).size).toBe(3 * (SHEET_SIZE - 1));
  });
});
