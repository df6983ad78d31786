import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPixels, type Pixels } from '../image/pixels.js';
import { alignFace, type Template } from './align.js';
import { alignSquare } from './aligned-square.js';
import { assertLandmarks, type Landmarks } from './landmarks.js';
import {
  applySimilarity,
  fitSimilarity,
  invertSimilarity,
  type Point,
  type Similarity,
} from './similarity.js';

const TEMPLATE: Template = {
  width: 128,
  height: 128,
  points: [
    [48, 58],
    [80, 58],
    [64, 80.02],
    [49.66, 91.52],
    [78.34, 91.52],
  ],
};

function paint(width: number, height: number, colour: (x: number, y: number) => number[]): Pixels {
  const pixels = createPixels(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels.data.set([...colour(x, y), 255], (y * width + x) * 4);
  }
  return pixels;
}

const at = (pixels: Pixels, x: number, y: number): number[] => [
  ...pixels.data.subarray((y * pixels.width + x) * 4, (y * pixels.width + x) * 4 + 4),
];

/** Landmarks in a photo from which the frame is reached by `toTemplate`. */
const landmarksFor = (toTemplate: Similarity): Landmarks =>
  TEMPLATE.points.map((p) =>
    applySimilarity(invertSimilarity(toTemplate), p),
  ) as unknown as Landmarks;

const similarity = fc
  .record({
    scale: fc.double({ min: 0.05, max: 20, noNaN: true }),
    angle: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
    x0: fc.double({ min: -500, max: 500, noNaN: true }),
    y0: fc.double({ min: -500, max: 500, noNaN: true }),
  })
  .map(({ scale, angle, x0, y0 }) => ({
    a: scale * Math.cos(angle),
    b: scale * Math.sin(angle),
    x0,
    y0,
  }));
const coordinate = fc.double({ min: -100, max: 100, noNaN: true });
const points = fc.array(fc.tuple(coordinate, coordinate), { minLength: 5, maxLength: 5 });

describe('fitSimilarity', () => {
  it('finds the similarity that was applied', () => {
    fc.assert(
      fc.property(similarity, (truth) => {
        const moved = TEMPLATE.points.map((p) => applySimilarity(truth, p));
        const found = fitSimilarity(TEMPLATE.points, moved);
        for (const key of ['a', 'b', 'x0', 'y0'] as const) {
          expect(Math.abs(found[key] - truth[key])).toBeLessThan(1e-8);
        }
      }),
    );
  });

  it('has the least squared error: no small change is better', () => {
    const error = (t: Similarity, from: readonly Point[]): number =>
      from.reduce((sum, p, i) => {
        const [x, y] = applySimilarity(t, p);
        const [u, v] = TEMPLATE.points[i]!;
        return sum + (x - u) ** 2 + (y - v) ** 2;
      }, 0);
    fc.assert(
      fc.property(points, fc.constantFrom('a', 'b', 'x0', 'y0'), (from, key) => {
        const spread = Math.max(...from.map(([x]) => x)) - Math.min(...from.map(([x]) => x));
        fc.pre(spread > 1);
        const best = fitSimilarity(from, TEMPLATE.points);
        for (const step of [-1e-3, 1e-3]) {
          const other = { ...best, [key]: best[key as 'a'] + step };
          expect(error(other, from)).toBeGreaterThan(error(best, from) - 1e-9);
        }
      }),
    );
  });

  it('never reflects, even for a mirrored face', () => {
    const mirrored = TEMPLATE.points.map(([x, y]): Point => [-x, y]);
    const { a, b } = fitSimilarity(mirrored, TEMPLATE.points);
    expect(a * a + b * b).toBeGreaterThan(0);
  });

  it('is undone by its inverse', () => {
    fc.assert(
      fc.property(similarity, coordinate, coordinate, (t, x, y) => {
        const [u, v] = applySimilarity(invertSimilarity(t), applySimilarity(t, [x, y]));
        expect(Math.hypot(u - x, v - y)).toBeLessThan(1e-7);
      }),
    );
  });

  it('refuses points in one place', () => {
    const same = TEMPLATE.points.map((): Point => [5, 5]);
    expect(() => fitSimilarity(same, TEMPLATE.points)).toThrow(/distinct places for landmarks/);
  });
});

describe('alignFace', () => {
  it('copies a photo that is the template already, apart from the averaging of neighbours', () => {
    const photo = paint(128, 128, (x, y) => [x * 2, y * 2, 100]);
    const { pixels, coverage } = alignFace(photo, TEMPLATE.points, TEMPLATE);
    expect(coverage).toBe(1);
    for (const [x, y] of [
      [1, 1],
      [64, 64],
      [100, 20],
    ] as const) {
      for (let c = 0; c < 3; c++) {
        expect(Math.abs(at(pixels, x, y)[c]! - at(photo, x, y)[c]!)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('puts every place of a turned, scaled photo where it belongs', () => {
    const toTemplate = { a: 0.35, b: 0.12, x0: 6.5, y0: -53.5 };
    const photo = paint(500, 500, (x, y) => [(x + 0.5) / 2, (y + 0.5) / 2, 0]);
    const { pixels, coverage } = alignFace(photo, landmarksFor(toTemplate), TEMPLATE);
    expect(coverage).toBe(1);
    const back = invertSimilarity(toTemplate);
    for (const [x, y] of [
      [3, 3],
      [120, 9],
      [64, 64],
      [20, 110],
    ] as const) {
      const [px, py] = applySimilarity(back, [x + 0.5, y + 0.5]);
      expect(Math.abs(at(pixels, x, y)[0]! - px / 2)).toBeLessThan(1);
      expect(Math.abs(at(pixels, x, y)[1]! - py / 2)).toBeLessThan(1);
    }
  });

  it.each([1.5, 2, 3.7, 8, 11.3])(
    'averages: a fine checkerboard, %s times too large, is grey',
    (factor) => {
      const side = Math.ceil(128 * factor);
      const photo = paint(side, side, (x, y) => ((x + y) % 2 ? [255, 255, 255] : [0, 0, 0]));
      const landmarks = landmarksFor({ a: 1 / factor, b: 0, x0: 0, y0: 0 });
      const { pixels } = alignFace(photo, landmarks, TEMPLATE);
      const reds = Array.from(
        { length: 100 * 100 },
        (_, i) => at(pixels, 14 + (i % 100), 14 + Math.floor(i / 100))[0]!,
      );
      const mean = reds.reduce((sum, value) => sum + value, 0) / reds.length;
      const spread = Math.sqrt(reds.reduce((sum, v) => sum + (v - mean) ** 2, 0) / reds.length);
      expect(Math.abs(mean - 127.5)).toBeLessThan(2);
      // Picking the nearest pixel would have a spread of 127.
      expect(spread).toBeLessThan(35);
    },
  );

  it('refuses points that lie as in no face, before a frame of 1,000 photos is walked over', () => {
    const odd: Point[] = [
      [90, 90],
      [95, 90],
      [92, 20],
      [90.5, 95],
      [94.5, 95],
    ];
    const photo = createPixels(200, 200);
    expect(() => assertLandmarks(odd, photo)).not.toThrow();
    expect(() => alignFace(photo, odd, TEMPLATE)).toThrow(/landmarks of a face for landmarks/);
    const widest = landmarksFor({ a: 0.08, b: 0, x0: 0, y0: 0 });
    expect(alignFace(photo, widest, TEMPLATE).coverage).toBeCloseTo(1 / 64, 2);
  });

  it('mirrors outside the photo and says how much is real', () => {
    const photo = paint(128, 128, (x) => [x, 0, 0]);
    const shifted = landmarksFor({ a: 1, b: 0, x0: 32, y0: 0 });
    const { pixels, coverage } = alignFace(photo, shifted, TEMPLATE);
    expect(coverage).toBeCloseTo(0.75, 6);
    for (const distance of [1, 10, 25]) {
      const mirrored = at(pixels, 31 - distance, 60)[0]!;
      expect(Math.abs(mirrored - at(pixels, 32 + distance, 60)[0]!)).toBeLessThanOrEqual(1);
    }
  });

  it('puts transparency on white', () => {
    const photo = { ...paint(128, 128, () => [0, 0, 0]) };
    photo.data.fill(0);
    expect(at(alignFace(photo, TEMPLATE.points, TEMPLATE).pixels, 64, 64)).toEqual([
      255, 255, 255, 255,
    ]);
  });
});

describe('alignSquare', () => {
  it('takes the middle square, area-averaged', () => {
    const photo = paint(512, 256, (x, y) =>
      x < 128 || x >= 384 ? [9, 9, 9] : [(x + y) % 2 ? 200 : 100, 0, 50],
    );
    const { pixels, transform } = alignSquare(photo, TEMPLATE);
    for (const [x, y] of [
      [0, 0],
      [127, 127],
      [5, 99],
    ] as const) {
      expect(at(pixels, x, y)).toEqual([150, 0, 50, 255]);
    }
    expect(applySimilarity(transform, [128, 0])).toEqual([0, 0]);
    expect(applySimilarity(transform, [384, 256])).toEqual([128, 128]);
  });

  it('leaves a picture of the right size as it is', () => {
    const photo = paint(128, 128, (x, y) => [x, y, x ^ y]);
    expect(alignSquare(photo, TEMPLATE).pixels).toEqual(photo);
  });

  it('refuses a picture of 1x1', () => {
    expect(() => alignSquare(createPixels(1, 1), TEMPLATE)).toThrow(
      expect.objectContaining({ code: 'IMAGE_TOO_SMALL' }),
    );
  });
});

describe('assertLandmarks', () => {
  const size = { width: 128, height: 128 };
  const good = TEMPLATE.points;
  it('accepts a face, also one that lies on its side', () => {
    expect(() => assertLandmarks(good, size)).not.toThrow();
    expect(() =>
      assertLandmarks(
        good.map(([x, y]) => [128 - y, x]),
        size,
      ),
    ).not.toThrow();
  });

  it.each([
    ['too few', good.slice(1), /five \[x, y\] points for landmarks/],
    ['not finite', good.with(2, [Number.NaN, 1]), /finite px for landmarks\[2\]/],
    ['far outside', good.with(1, [1e6, 1]), /128x128 photo for landmarks\[1\]/],
    ['mirrored', good.map(([x, y]) => [128 - x, y]), /eye at the left of the picture first/],
    ['nothing', undefined, /but received undefined/],
  ])('refuses %s', (_, landmarks, message) => {
    expect(() => assertLandmarks(landmarks, size)).toThrow(message);
  });
});
