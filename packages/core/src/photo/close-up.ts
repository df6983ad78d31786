import { invalidArgument } from '../errors.js';
import type { Pixels } from '../image/pixels.js';
import { runAtOnce } from '../slices.js';
import { type Alignment, cutFrame } from './align.js';
import { scaleOf } from './similarity.js';

/** Longest side of a close-up, in px, unless another is asked for. */
const USUAL = 384;
/** The largest that can be asked for. */
const MOST = 2048;

/**
 * The photo under the frame of a face, upright: what the model saw, at the photo's own resolution up
 * to `size` px, and no smaller than what the model saw.
 * @throws {FaceMorphError} `ARGUMENT_INVALID`
 */
export function cutCloseUp(
  photo: Pixels,
  { pixels: { width, height }, transform }: Alignment,
  size: number = USUAL,
): Pixels {
  if (!(Number.isInteger(size) && size >= 1 && size <= MOST)) {
    throw invalidArgument(`a whole number of px from 1 to ${MOST}`, 'size', size);
  }
  const longest = Math.max(width, height);
  const own = Math.floor(longest / scaleOf(transform));
  const scale = Math.max(Math.min(size, own) / longest, 1);
  const { a, b, x0, y0 } = transform;
  const enlarged = { a: a * scale, b: b * scale, x0: x0 * scale, y0: y0 * scale };
  const frame = { width: Math.round(width * scale), height: Math.round(height * scale) };
  return runAtOnce(cutFrame(photo, enlarged, frame));
}

/** Cuts close-ups of one face; the one cut last is kept. Do not write to its data. */
export function createCloseUps(photo: Pixels, alignment: Alignment): (size?: number) => Pixels {
  let last: { readonly size: number | undefined; readonly pixels: Pixels } | undefined;
  return (size) => {
    if (!last || last.size !== size) last = { size, pixels: cutCloseUp(photo, alignment, size) };
    return last.pixels;
  };
}
