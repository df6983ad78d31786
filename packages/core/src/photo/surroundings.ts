import type { Pixels } from '../image/pixels.js';
import type { Steps } from '../slices.js';
import { cutFrame } from './align.js';
import { type LabPlanes, labSteps } from './oklab.js';
import { planeOf, type Size, smoothstep } from './plane.js';
import type { Similarity } from './similarity.js';

/** Template px around the frame, at each side, into which a change of hair may go on. */
export const MARGIN = 48;
/** Px outside the frame at which such a change begins to fade, and is gone. */
const ABOVE = { full: 16, none: 30 };
const BESIDE = { full: 16, none: 36 };
const BELOW = { full: 22, none: 44 };

/** The size of a frame with its margin. */
export function withMargin({ width, height }: Size): Size {
  return { width: width + 2 * MARGIN, height: height + 2 * MARGIN };
}

/** The photo under a frame and its margin, at the template's scale. */
export function* cutSurroundings(
  photo: Pixels,
  transform: Similarity,
  frame: Size,
): Steps<LabPlanes> {
  const size = withMargin(frame);
  const { x0, y0 } = transform;
  const shifted = { ...transform, x0: x0 + MARGIN, y0: y0 + MARGIN };
  const planes = yield* labSteps(yield* cutFrame(photo, shifted, size));
  return { ...size, planes };
}

/** A plane of the frame with its margin: `inner` in the middle, `outer` (or 0) around. */
export function embed(inner: Float32Array, frame: Size, outer?: Float32Array): Float32Array {
  const { width, height } = withMargin(frame);
  const wide = outer ? outer.slice() : new Float32Array(width * height);
  for (let y = 0; y < frame.height; y++) {
    const row = inner.subarray(y * frame.width, (y + 1) * frame.width);
    wide.set(row, (y + MARGIN) * width + MARGIN);
  }
  return wide;
}

/** Where hair may be in the margin, 0..1: not far above a head nor beside it, but long below. */
export function marginMask(frame: Size): Float32Array {
  const { width, height } = withMargin(frame);
  return planeOf(width * height, (i) => {
    const [x, y] = [(i % width) - MARGIN, Math.floor(i / width) - MARGIN];
    const beside = Math.max(-x, x - frame.width + 1);
    return (
      (1 - smoothstep(-y, ABOVE.full, ABOVE.none)) *
      (1 - smoothstep(beside, BESIDE.full, BESIDE.none)) *
      (1 - smoothstep(y - frame.height + 1, BELOW.full, BELOW.none))
    );
  });
}
