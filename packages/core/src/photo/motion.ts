import type { Steps } from '../slices.js';
import { estimateFlow, type Flow, patternOf, warp } from './flow.js';
import {
  lengthOf,
  type Size,
  smooth,
  smoothstep,
  smoothstepsOf,
  squaredDifferenceOf,
} from './plane.js';

/** Longest displacement, in template px. */
const FLOW_LIMIT = 5;
/** Squared difference of patterns that means nothing. */
const PATTERN_NOISE = 0.03;
/** Motion, in template px, from none to certain. */
const TREMBLE = { from: 0.3, to: 0.9 };

/**
 * The flow from one picture of a face to another, kept where it explains the change of the pattern
 * and is more than a tremble: what moves is resampled and loses a little sharpness, so the rest
 * stays still.
 *
 * @param from - The {@link patternOf} the lightness before.
 * @param after - Lightness after.
 * @param weight - Where motion is wanted, 0..1.
 */
export function* motionOf(
  from: Float32Array,
  after: Float32Array,
  size: Size,
  weight: Float32Array,
): Steps<Flow> {
  const count = from.length;
  const to = patternOf(after, size);
  yield;
  const flow = yield* estimateFlow(from, to, size, { limit: FLOW_LIMIT });
  const still = squaredGap(from, to, size);
  yield;
  const left = squaredGap(warp(from, size, flow), to, size);
  const keep = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const length = lengthOf(flow.dx[i]!, flow.dy[i]!);
    const explained = 1 - left[i]! / (still[i]! + PATTERN_NOISE);
    keep[i] = smoothstep(explained, 0.3, 0.6) * smoothstep(length, TREMBLE.from, TREMBLE.to);
  }
  const share = smoothstepsOf(smooth(keep, size, 3), 0.05, 0.6);
  const { dx, dy } = flow;
  for (let i = 0; i < count; i++) {
    const part = share[i]! * weight[i]!;
    dx[i]! *= part;
    dy[i]! *= part;
  }
  return { dx, dy };
}

/** Squared difference of two planes, smoothed. */
function squaredGap(a: Float32Array, b: Float32Array, size: Size): Float32Array {
  return smooth(squaredDifferenceOf(b, a), size, 4);
}
