import type { Steps } from '../slices.js';
import type { LabPlanes } from './oklab.js';
import {
  boxMean,
  differenceOf,
  guidedFilter,
  rootOf,
  type Size,
  smooth,
  smoothstepsOf,
} from './plane.js';

/** How far, in Oklab, the model may be off before its change is no longer trusted there. */
const TRUST = { full: 0.09, none: 0.3 };

/**
 * How well the model's picture explains the photo at each place, 0..1, along the photo's edges. What
 * it did not see (a hand, a microphone, the background) it cannot change. Fine texture that averages
 * out, such as strands of hair, does not count as unseen.
 */
export function* trustOf(photo: LabPlanes, before: LabPlanes): Steps<Float32Array> {
  const size = { width: photo.width, height: photo.height };
  const count = size.width * size.height;
  const square = new Float32Array(count);
  for (const [c, plane] of photo.planes.entries()) {
    const drawn = before.planes[c]!;
    const miss = differenceOf(plane, drawn);
    const near = smooth(miss, size, 1);
    // The light on the whole face may be off by a little: that is no occlusion.
    const wide = smooth(miss, size, 12);
    for (let i = 0; i < count; i++) {
      const off = near[i]! - 0.6 * wide[i]!;
      square[i]! += off * off;
    }
    yield;
  }
  const off = rootOf(boxMean(square, size, 2));
  const trust = smoothstepsOf(off, TRUST.full, TRUST.none);
  for (let i = 0; i < count; i++) trust[i] = 1 - trust[i]!;
  const refined = guidedFilter(trust, photo.planes[0], size, 4, 1e-3);
  for (let i = 0; i < count; i++) refined[i] = Math.min(Math.max(refined[i]!, 0), 1);
  return refined;
}

/**
 * 1 on the face. Around it, where hair and background meet, only a change counts that is large beside
 * the edit's largest: hair that turns blond, but not a wall that flickers along with a smile.
 */
export function mattersOf(
  before: LabPlanes,
  after: LabPlanes,
  size: Size,
  face: Float32Array,
): Float32Array {
  const square = new Float32Array(face.length);
  for (const [c, plane] of after.planes.entries()) {
    const drawn = before.planes[c]!;
    for (let i = 0; i < square.length; i++) {
      const difference = plane[i]! - drawn[i]!;
      square[i]! += difference * difference;
    }
  }
  const amount = rootOf(smooth(square, size, 2));
  const most = amount.reduce((a, b) => Math.max(a, b), 1e-6);
  for (let i = 0; i < amount.length; i++) amount[i]! /= most;
  const matters = smooth(smoothstepsOf(amount, 0.06, 0.25), size, 2);
  for (let i = 0; i < matters.length; i++) matters[i] = Math.max(matters[i]!, face[i]!);
  return matters;
}
