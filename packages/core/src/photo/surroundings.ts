import type { Pixels } from '../image/pixels.js';
import type { Steps } from '../slices.js';
import { cutFrame } from './align.js';
import { type LabPlanes, labSteps } from './oklab.js';
import { planeOf, type Size, smoothstep } from './plane.js';
import type { Similarity } from './similarity.js';

/** Template px around the frame, at each side, into which a change of hair may go on. */
export const MARGIN = 48;
/** Share of the margin at which such a change begins to fade. */
const FADE_FROM = 0.45;

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

/** How far each place of a frame with its margin lies outside the frame, in px; 0 inside. */
export function distanceOut(frame: Size): Float32Array {
  const { width, height } = withMargin(frame);
  return planeOf(width * height, (i) => {
    const [x, y] = [(i % width) - MARGIN, Math.floor(i / width) - MARGIN];
    const dx = Math.max(-x, 0, x - frame.width + 1);
    const dy = Math.max(-y, 0, y - frame.height + 1);
    return Math.hypot(dx, dy);
  });
}

/** 1 near the frame, 0 at the margin's end and in its last few px. */
export function marginMask(distance: Float32Array): Float32Array {
  return planeOf(distance.length, (i) => 1 - smoothstep(distance[i]! / MARGIN, FADE_FROM, 0.92));
}
