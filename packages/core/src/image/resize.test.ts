import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatten } from './flatten.js';
import { createPixels, type Pixels } from './pixels.js';
import { centredSquare, crop, resize } from './resize.js';

const picture = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
      .map((bytes): Pixels => ({ width, height, data: new Uint8ClampedArray(bytes) })),
  );
const size = fc.record({
  width: fc.integer({ min: 1, max: 16 }),
  height: fc.integer({ min: 1, max: 16 }),
});

const opaque = (pixels: Pixels): Pixels => ({
  ...pixels,
  data: pixels.data.map((value, i) => (i % 4 === 3 ? 255 : value)),
});

describe('resize', () => {
  it('keeps a single colour, whatever the sizes', () => {
    fc.assert(
      fc.property(size, size, (from, to) => {
        const pixels = createPixels(from.width, from.height);
        for (let i = 0; i < pixels.data.length; i += 4) pixels.data.set([10, 120, 250, 200], i);
        const { data } = resize(pixels, to);
        for (let i = 0; i < data.length; i += 4) {
          expect([...data.subarray(i, i + 4)]).toEqual([10, 120, 250, 200]);
        }
      }),
    );
  });

  it('keeps the mean of the picture when it shrinks', () => {
    fc.assert(
      fc.property(picture, size, (any, to) => {
        const pixels = opaque(any);
        fc.pre(to.width <= pixels.width && to.height <= pixels.height);
        const mean = (p: Pixels) =>
          p.data.reduce((sum, value, i) => sum + (i % 4 === 0 ? value : 0), 0) /
          (p.data.length / 4);
        expect(Math.abs(mean(resize(pixels, to)) - mean(pixels))).toBeLessThanOrEqual(0.51);
      }),
    );
  });

  it('does not let invisible colours through', () => {
    const pixels = createPixels(2, 1);
    pixels.data.set([255, 0, 0, 0, 0, 0, 255, 255]);
    expect([...resize(pixels, { width: 1, height: 1 }).data]).toEqual([0, 0, 255, 128]);
  });

  it('interpolates when it grows', () => {
    const pixels = createPixels(2, 1);
    pixels.data.set([0, 0, 0, 255, 100, 100, 100, 255]);
    const reds = [...resize(pixels, { width: 4, height: 1 }).data].filter((_, i) => i % 4 === 0);
    expect(reds).toEqual([0, 25, 75, 100]);
  });

  it('gives an equal copy for the same size', () => {
    fc.assert(
      fc.property(picture, (pixels) => {
        const same = resize(pixels, pixels);
        expect(same).toEqual({ width: pixels.width, height: pixels.height, data: pixels.data });
        expect(same.data).not.toBe(pixels.data);
      }),
    );
  });
});

it.each([Number.NaN, 1.5, -1, 0, Number.POSITIVE_INFINITY, 1e6])('no size is %s', (side) => {
  const code = side === 1e6 ? 'IMAGE_TOO_LARGE' : 'ARGUMENT_INVALID';
  expect(() => createPixels(side, 1000)).toThrow(expect.objectContaining({ code }));
  expect(() => resize(createPixels(1, 1), { width: side, height: 1000 })).toThrow(
    expect.objectContaining({ code }),
  );
});

describe('crop and flatten', () => {
  it('takes the part asked for', () => {
    const pixels = createPixels(3, 2);
    pixels.data.forEach((_, i) => {
      pixels.data[i] = i;
    });
    const part = crop(pixels, { left: 1, top: 1, width: 2, height: 1 });
    expect([...part.data]).toEqual([16, 17, 18, 19, 20, 21, 22, 23]);
    expect(centredSquare(createPixels(5, 2))).toEqual({ left: 1, top: 0, width: 2, height: 2 });
  });

  it('puts transparency on white and leaves opaque pictures alone', () => {
    const half = { width: 1, height: 1, data: Uint8ClampedArray.of(0, 100, 255, 128) };
    expect([...flatten(half).data]).toEqual([127, 177, 255, 255]);
    const solid = { width: 1, height: 1, data: Uint8ClampedArray.of(1, 2, 3, 255) };
    expect(flatten(solid)).toBe(solid);
  });
});
