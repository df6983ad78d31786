import { describe, expect, it } from 'vitest';
import { createPixels, type Pixels } from '../image/pixels.js';
import { alignFace } from './align.js';
import { createCloseUps, cutCloseUp } from './close-up.js';
import { applySimilarity, type Point, type Similarity } from './similarity.js';

const POINTS: readonly Point[] = [
  [44, 60],
  [84, 60],
  [64, 80],
  [48, 100],
  [80, 100],
];
const TEMPLATE = { width: 128, height: 128, points: POINTS };

/** Red grows to the right, green downwards. */
function ramp(width: number, height: number): Pixels {
  const photo = createPixels(width, height);
  for (let i = 0; i < width * height; i++) {
    photo.data.set([(i % width) / 4, Math.floor(i / width) / 4, 90, 255], i * 4);
  }
  return photo;
}

/** The face lies in the photo as the template does, put through `toPhoto`. */
function align(photo: Pixels, toPhoto: Similarity) {
  return alignFace(
    photo,
    POINTS.map((point) => applySimilarity(toPhoto, point)),
    TEMPLATE,
  );
}

describe('cutCloseUp', () => {
  const photo = ramp(1000, 900);

  it('has the resolution of the photo up to the size asked for, and shows the same frame', () => {
    const alignment = align(photo, { a: 5, b: 0, x0: 200, y0: 100 });
    for (const size of [128, 300, 384, 640]) {
      const { width, height, data } = cutCloseUp(photo, alignment, size);
      expect([width, height]).toEqual([size, size]);
      const middle = ((size / 2) * size + size / 2) * 4;
      expect(data[middle]).toBeCloseTo((200 + 320) / 4, -1);
      expect(data[middle + 1]).toBeCloseTo((100 + 320) / 4, -1);
    }
    expect(cutCloseUp(photo, alignment).width).toBe(384);
  });

  it('enlarges no photo beyond what the model saw', () => {
    const small = align(photo, { a: 2, b: 0, x0: 200, y0: 100 });
    expect(cutCloseUp(photo, small).width).toBe(256);
    const tiny = align(photo, { a: 0.5, b: 0, x0: 200, y0: 100 });
    const cut = cutCloseUp(photo, tiny);
    expect([cut.width, cut.height]).toEqual([128, 128]);
    expect(cut.data.every((value, at) => value === tiny.pixels.data[at])).toBe(true);
  });

  it('is the very pixels of a face that lies straight', () => {
    const alignment = align(photo, { a: 2, b: 0, x0: 200, y0: 100 });
    const { data } = cutCloseUp(photo, alignment);
    for (const [x, y] of [
      [10, 20],
      [128, 200],
    ] as const) {
      const at = ((100 + y) * 1000 + 200 + x) * 4;
      expect([...data.subarray((y * 256 + x) * 4, (y * 256 + x) * 4 + 4)]).toEqual(
        [...photo.data.subarray(at, at + 4)].map((value) => expect.closeTo(value, -0.5)),
      );
    }
  });

  it('refuses a size that is none', () => {
    const alignment = align(photo, { a: 2, b: 0, x0: 200, y0: 100 });
    for (const size of [0, 1.5, Number.NaN, 5000]) {
      expect(() => cutCloseUp(photo, alignment, size)).toThrow(/size/);
    }
  });
});

describe('createCloseUps', () => {
  it('cuts once for as long as the same size is asked for', () => {
    const photo = ramp(700, 700);
    const { closeUp } = createCloseUps(photo, align(photo, { a: 4, b: 0, x0: 50, y0: 60 }));
    expect(closeUp(300)).toBe(closeUp(300));
    expect(closeUp().width).toBe(384);
  });
});
