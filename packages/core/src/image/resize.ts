import { createPixels, type Pixels } from './pixels.js';

/** Whole px of a picture: `left` and `top` inclusive. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The largest square in the middle of a picture. */
export function centredSquare({ width, height }: Pixels): Rectangle {
  const side = Math.min(width, height);
  return {
    left: Math.floor((width - side) / 2),
    top: Math.floor((height - side) / 2),
    width: side,
    height: side,
  };
}

/** A part of a picture, which must lie inside it, as a copy. */
export function crop(pixels: Pixels, { left, top, width, height }: Rectangle): Pixels {
  const part = createPixels(width, height);
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * pixels.width + left) * 4;
    part.data.set(pixels.data.subarray(start, start + width * 4), y * width * 4);
  }
  return part;
}

/**
 * Scales a picture: where it shrinks each pixel is the exact average over its area, where it grows
 * it is interpolated linearly. Colours are weighted by alpha. The same size gives an equal copy.
 */
export function resize(
  pixels: Pixels,
  size: { readonly width: number; readonly height: number },
): Pixels {
  if (pixels.width === size.width && pixels.height === size.height) {
    return { ...size, data: pixels.data.slice() };
  }
  const columns = Array.from({ length: size.width }, (_, i) => tapsOf(i, pixels.width, size.width));
  const rows = Array.from({ length: size.height }, (_, i) => tapsOf(i, pixels.height, size.height));
  const wide = new Float32Array(size.width * pixels.height * 4);
  for (let y = 0; y < pixels.height; y++) {
    for (const [x, taps] of columns.entries()) {
      const to = (y * size.width + x) * 4;
      for (const { index, weight } of taps) {
        const from = (y * pixels.width + index) * 4;
        const alpha = pixels.data[from + 3]! * weight;
        for (let c = 0; c < 3; c++) wide[to + c]! += pixels.data[from + c]! * alpha;
        wide[to + 3]! += alpha;
      }
    }
  }
  const resized = createPixels(size.width, size.height);
  const sum = new Float64Array(4);
  for (const [y, taps] of rows.entries()) {
    for (let x = 0; x < size.width; x++) {
      sum.fill(0);
      for (const { index, weight } of taps) {
        const from = (index * size.width + x) * 4;
        for (let c = 0; c < 4; c++) sum[c]! += wide[from + c]! * weight;
      }
      const to = (y * size.width + x) * 4;
      for (let c = 0; c < 3; c++) resized.data[to + c] = sum[3]! > 0 ? sum[c]! / sum[3]! : 0;
      resized.data[to + 3] = sum[3]!;
    }
  }
  return resized;
}

interface Tap {
  readonly index: number;
  /** The weights of one output pixel sum to 1. */
  readonly weight: number;
}

function tapsOf(position: number, from: number, to: number): Tap[] {
  const step = from / to;
  if (step <= 1) {
    const centre = Math.min(Math.max((position + 0.5) * step - 0.5, 0), from - 1);
    const index = Math.floor(centre);
    const weight = centre - index;
    if (weight === 0) return [{ index, weight: 1 }];
    return [
      { index, weight: 1 - weight },
      { index: index + 1, weight },
    ];
  }
  const [start, end] = [position * step, Math.min((position + 1) * step, from)];
  const taps: Tap[] = [];
  for (let index = Math.floor(start); index < end; index++) {
    const covered = Math.min(index + 1, end) - Math.max(index, start);
    taps.push({ index, weight: covered / (end - start) });
  }
  return taps;
}
