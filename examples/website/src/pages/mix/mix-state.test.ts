import { describe, expect, test } from 'vitest';
import { faceRef } from '../../faces/face-ref.js';
import { parseCorners, parsePlace } from './mix-state.js';

describe('the mix in a link', () => {
  test('four faces and a place', () => {
    const query = new URLSearchParams('faces=1.1,2.2,3.3,4.4&x=0.25&y=1');
    expect(parseCorners(query)).toEqual([1, 2, 3, 4].map((n) => faceRef(n, n)));
    expect(parsePlace(query)).toEqual({ x: 0.25, y: 1 });
  });

  test('what is missing or out of range is as at first', () => {
    const query = new URLSearchParams('faces=1.1&x=2&y=');
    expect(parseCorners(query)).toHaveLength(4);
    expect(parseCorners(query)[0]).toEqual(faceRef(1, 1));
    expect(parsePlace(query)).toEqual({ x: 0.5, y: 0.5 });
  });
});
