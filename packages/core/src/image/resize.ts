import { runAtOnce, type Steps } from '../slices.js';
import { assertSize, blankPixels, type Pixels } from './pixels.js';

/** Whole px of a picture: `left` and `top` inclusive. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A size in px. */
type Size = Pick<Pixels, 'width' | 'height'>;

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
  const part = blankPixels(width, height);
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * pixels.width + left) * 4;
    part.data.set(pixels.data.subarray(start, start + width * 4), y * width * 4);
  }
  return part;
}

/**
 * Scales a picture: where it shrinks each pixel is the exact average over its area, where it grows
 * it is interpolated linearly. Colours are weighted by alpha. The same size gives an equal copy.
 * @throws {FaceMorphError} `ARGUMENT_INVALID`, `IMAGE_TOO_LARGE`
 */
export function resize(pixels: Pixels, size: Size): Pixels {
  assertSize(size.width, size.height);
  return runAtOnce(resizeSteps(pixels, size));
}

/** {@link resize}, row by row. */
export function* resizeSteps(pixels: Pixels, { width, height }: Size): Steps<Pixels> {
  if (pixels.width === width && pixels.height === height) {
    return { width, height, data: pixels.data.slice() };
  }
  const columns = tapsOf(pixels.width, width);
  const wide = new Float32Array(width * pixels.height * 4);
  for (let y = 0; y < pixels.height; y++) {
    sumColumns(pixels, y, columns, wide);
    yield;
  }
  const rows = tapsOf(pixels.height, height);
  const resized = blankPixels(width, height);
  for (let y = 0; y < height; y++) {
    sumRows(wide, y, rows, resized);
    yield;
  }
  return resized;
}

/** One row of the picture at the new width: red, green and blue times alpha, and alpha. */
function sumColumns(
  { width, data }: Pixels,
  y: number,
  { first, count, most, weights }: Taps,
  wide: Float32Array,
): void {
  for (let x = 0; x < first.length; x++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    let opacity = 0;
    let from = (y * width + first[x]!) * 4;
    for (let i = 0; i < count[x]!; i++, from += 4) {
      const alpha = data[from + 3]! * weights[x * most + i]!;
      red += data[from]! * alpha;
      green += data[from + 1]! * alpha;
      blue += data[from + 2]! * alpha;
      opacity += alpha;
    }
    const to = (y * first.length + x) * 4;
    wide[to] = red;
    wide[to + 1] = green;
    wide[to + 2] = blue;
    wide[to + 3] = opacity;
  }
}

/** Row `y` of the new picture from the rows of {@link sumColumns}. */
function sumRows(
  wide: Float32Array,
  y: number,
  { first, count, most, weights }: Taps,
  { width, data }: Pixels,
): void {
  for (let x = 0; x < width; x++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    let opacity = 0;
    let from = (first[y]! * width + x) * 4;
    for (let i = 0; i < count[y]!; i++, from += width * 4) {
      const weight = weights[y * most + i]!;
      red += wide[from]! * weight;
      green += wide[from + 1]! * weight;
      blue += wide[from + 2]! * weight;
      opacity += wide[from + 3]! * weight;
    }
    if (opacity === 0) continue;
    const to = (y * width + x) * 4;
    data[to] = red / opacity;
    data[to + 1] = green / opacity;
    data[to + 2] = blue / opacity;
    data[to + 3] = opacity;
  }
}

/** For each place of the new line, which places of the old one it is made of. */
interface Taps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** The most that any has. */
  readonly most: number;
  /** `most` for each place; those of one place sum to 1. */
  readonly weights: Float64Array;
}

function tapsOf(from: number, to: number): Taps {
  const step = from / to;
  const most = step <= 1 ? 2 : Math.ceil(step) + 1;
  const [first, count] = [new Int32Array(to), new Int32Array(to)];
  const weights = new Float64Array(to * most);
  for (let place = 0; place < to; place++) {
    if (step <= 1) {
      const centre = Math.min(Math.max((place + 0.5) * step - 0.5, 0), from - 1);
      const index = Math.floor(centre);
      first[place] = index;
      count[place] = centre === index ? 1 : 2;
      weights[place * most] = 1 - (centre - index);
      weights[place * most + 1] = centre - index;
      continue;
    }
    const [start, end] = [place * step, Math.min((place + 1) * step, from)];
    first[place] = Math.floor(start);
    count[place] = Math.ceil(end) - Math.floor(start);
    for (let i = 0; i < count[place]!; i++) {
      const index = Math.floor(start) + i;
      const covered = Math.min(index + 1, end) - Math.max(index, start);
      weights[place * most + i] = covered / (end - start);
    }
  }
  return { first, count, most, weights };
}
