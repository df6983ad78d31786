import { assertWhole } from '../errors.js';
import type { Pixels } from '../image/pixels.js';
import { runAtOnce, runInSlices, type Steps } from '../slices.js';
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
export function cutCloseUp(photo: Pixels, alignment: Alignment, size?: number): Pixels {
  return runAtOnce(closeUpSteps(photo, alignment, size));
}

/** {@link cutCloseUp} for a page that stays free. */
function closeUpSteps(
  photo: Pixels,
  { pixels: { width, height }, transform }: Alignment,
  size: number = USUAL,
): Steps<Pixels> {
  assertWhole(size, 1, MOST, 'size');
  const longest = Math.max(width, height);
  const own = Math.floor(longest / scaleOf(transform));
  const scale = Math.max(Math.min(size, own) / longest, 1);
  const { a, b, x0, y0 } = transform;
  const enlarged = { a: a * scale, b: b * scale, x0: x0 * scale, y0: y0 * scale };
  const frame = { width: Math.round(width * scale), height: Math.round(height * scale) };
  return cutFrame(photo, enlarged, frame);
}

/** Close-ups of one face. */
export interface CloseUps {
  /** Cuts one; the one cut last is kept. Do not write to its data. */
  readonly closeUp: (size?: number) => Pixels;
  /** Cuts the usual one in slices, for a page that is about to show it. */
  readonly prepare: (signal?: AbortSignal) => Promise<void>;
}

export function createCloseUps(photo: Pixels, alignment: Alignment): CloseUps {
  let last: { readonly size: number | undefined; readonly pixels: Pixels } | undefined;
  return {
    closeUp(size) {
      if (!last || last.size !== size) last = { size, pixels: cutCloseUp(photo, alignment, size) };
      return last.pixels;
    },
    async prepare(signal) {
      const pixels = await runInSlices(closeUpSteps(photo, alignment), signal);
      last = { size: undefined, pixels };
    },
  };
}
