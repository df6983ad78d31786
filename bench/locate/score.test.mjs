import { describe, expect, it } from 'vitest';
import { compare, falseAlarms, score } from './score.mjs';

/** @type {import('./score.mjs').Points} */
const face = [
  [48, 58],
  [80, 58],
  [64, 80],
  [50, 92],
  [78, 92],
];
const moved = (/** @type {number} */ dx) =>
  /** @type {import('./score.mjs').Points} */ (face.map(([x, y]) => [x + dx, y]));

describe('score of a locator', () => {
  it('measures landmarks in distances of the eyes', () => {
    expect(compare(moved(3.2), face)).toEqual({ nme: expect.closeTo(0.1, 9), isNear: true });
    expect(compare(moved(17), face).isNear).toBe(false);
  });

  it('counts a face once, by the nearest that was found', () => {
    const group = 'photos';
    const result = score([
      { group, faces: [face], found: [moved(3.2), moved(0.32)] },
      { group, faces: [face, moved(200)], found: [moved(201.6)] },
    ]);
    expect(result.faces).toBe(3);
    expect(result.recall).toBeCloseTo(2 / 3, 9);
    expect(result.nme.median).toBeCloseTo(0.05, 9);
  });

  it('counts pictures, not faces, for false alarms', () => {
    const empty = { group: 'rooms', faces: [] };
    const pictures = [
      { ...empty, found: [] },
      { ...empty, found: [face, moved(50)] },
      { group: 'photos', faces: [face], found: [moved(99)] },
    ];
    expect(falseAlarms(pictures)).toBe(0.5);
  });
});
