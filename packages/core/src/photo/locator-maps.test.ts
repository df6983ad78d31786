import { describe, expect, it } from 'vitest';
import { boxOf, faceFrame } from './face-frame.js';
import { type LocatorMap, readMaps } from './locator-maps.js';
import type { Point } from './similarity.js';

const template: readonly Point[] = [
  [48, 58],
  [80, 58],
  [64, 80.02],
  [49.66, 91.52],
  [78.34, 91.52],
];

const CELLS = 32;
const STRIDE = 8;
const AREA = CELLS * CELLS;

/** Maps in which no cell believes in a face. */
function emptyMap(): LocatorMap {
  const data = new Float32Array(11 * AREA);
  data.fill(-9, 0, AREA);
  return { stride: STRIDE, cells: CELLS, data };
}

/** Makes a cell say that there is a face with these landmarks. */
function say(map: LocatorMap, [row, column]: Point, logit: number, points: readonly Point[]): void {
  const cell = row * CELLS + column;
  map.data[cell] = logit;
  for (const [k, [x, y]] of points.entries()) {
    map.data[(1 + 2 * k) * AREA + cell] = (x - (column + 0.5) * STRIDE) / (4 * STRIDE);
    map.data[(2 + 2 * k) * AREA + cell] = (y - (row + 0.5) * STRIDE) / (4 * STRIDE);
  }
}

const moved = (scale: number, x: number, y: number): Point[] =>
  template.map(([px, py]) => [px * scale + x, py * scale + y]);

describe('readMaps', () => {
  it('finds nothing where nothing is said', () => {
    expect(readMaps([emptyMap()], template, 0.5)).toEqual([]);
  });

  it('reads landmarks and confidence of each face, the surest first', () => {
    const map = emptyMap();
    const [left, right] = [moved(0.5, 10, 20), moved(0.4, 150, 100)];
    say(map, [6, 5], 1, left);
    say(map, [16, 21], 3, right);
    const found = readMaps([map], template, 0.5);
    expect(found.map(({ confidence }) => confidence)).toEqual([
      expect.closeTo(1 / (1 + Math.exp(-3)), 6),
      expect.closeTo(1 / (1 + Math.exp(-1)), 6),
    ]);
    for (const [i, points] of [right, left].entries()) {
      for (const [k, [x, y]] of points.entries()) {
        expect(found[i]!.landmarks[k]![0]).toBeCloseTo(x, 3);
        expect(found[i]!.landmarks[k]![1]).toBeCloseTo(y, 3);
      }
    }
  });

  it('takes neighbouring cells, also of other strides, for one face: the sure ones together', () => {
    const [fine, coarse] = [emptyMap(), emptyMap()];
    say(fine, [9, 9], 2, moved(0.6, 40, 40));
    say(fine, [9, 10], 2, moved(0.6, 42, 41));
    say(fine, [10, 9], -0.5, moved(0.6, 52, 40));
    say(coarse, [10, 10], 2, moved(0.6, 38, 42));
    const found = readMaps([fine, coarse], template, 0.3);
    expect(found).toHaveLength(1);
    expect(found[0]!.confidence).toBeCloseTo(1 / (1 + Math.exp(-2)), 6);
    const [x, y] = moved(0.6, 40, 41)[0]!;
    expect(found[0]!.landmarks[0]![0]).toBeCloseTo(x, 3);
    expect(found[0]!.landmarks[0]![1]).toBeCloseTo(y, 3);
  });

  it('leaves out what is not sure enough', () => {
    const map = emptyMap();
    say(map, [6, 5], -0.1, moved(0.5, 10, 20));
    expect(readMaps([map], template, 0.5)).toEqual([]);
    expect(readMaps([map], template, 0.4)).toHaveLength(1);
  });
});

describe('faceFrame', () => {
  it('follows scale and shift', () => {
    const { centre, size } = faceFrame(moved(2, 100, 50), template);
    expect(centre).toEqual([expect.closeTo(228), expect.closeTo(198)]);
    expect(size).toBeCloseTo(128);
    expect(boxOf({ centre, size })).toEqual({
      x: expect.closeTo(164),
      y: expect.closeTo(134),
      width: expect.closeTo(128),
      height: expect.closeTo(128),
    });
  });
});
