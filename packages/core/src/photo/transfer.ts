import type { Pixels } from '../image/pixels.js';
import { estimateFlow, type Flow, patternOf, warp } from './flow.js';
import { faceMask, frameMask } from './mask.js';
import { type LabPlanes, toLab } from './oklab.js';
import {
  boxMean,
  fitGuided,
  guidedFilter,
  rootOf,
  type Size,
  smooth,
  smoothstep,
} from './plane.js';

/**
 * How an edit goes back into a photo. `detail`: the change goes back, the photo keeps its own
 * pixels' detail. `replace`: what the model drew goes back, matched in colour; soft, but entire.
 */
export type PasteMode = 'detail' | 'replace';

/** What the model saw and what it drew, all of the template's size. */
export interface TransferPictures {
  /** The face as it is in the photo, aligned. */
  readonly aligned: Pixels;
  /** The model's picture of it. */
  readonly before: Pixels;
  /** The model's picture of the edited face. */
  readonly after: Pixels;
}

/**
 * An edit as smooth fields over the template, in Oklab, to be read at any resolution. With x the
 * photo, m the photo moved along `flow` and u the enlarged aligned picture moved likewise, the
 * result is, for each channel, `m + change + slope * (m.L - u.L) - renewal * (m - u)`.
 * Where all fields are 0 this is the photo.
 */
export interface Transfer extends Size {
  /** Where the photo's pixels come from, in template px. */
  readonly flow: Flow;
  /** What is added to L, a, b. */
  readonly change: LabPlanes['planes'];
  /** How much the fine detail of L is added to L, a, b: a lighter place has a stronger contrast. */
  readonly slope: LabPlanes['planes'];
  /** Share of the photo's fine detail that goes, 0..1, since what was there is no longer there. */
  readonly renewal: Float32Array;
  /** The aligned picture, of which the detail is what it lacks. */
  readonly base: LabPlanes['planes'];
}

/** Longest displacement, in template px. */
const FLOW_LIMIT = 5;
/** How far, in Oklab, the model may be off before its change is no longer trusted there. */
const TRUST = { full: 0.06, none: 0.2 };
/** Structure in the new picture that is not in the old one, in L, from none to certain. */
const NOVELTY = { from: 0.035, to: 0.1 };
/** A change of contrast beyond these limits is noise. */
const SLOPE = { least: -0.9, most: 0.6 };

/** Whether two pictures are the same, byte for byte. */
export function samePixels(a: Pixels, b: Pixels): boolean {
  return a.data.length === b.data.length && a.data.every((value, i) => value === b.data[i]);
}

/**
 * What changes in a photo when the model's picture of a face changes from `before` to `after`.
 * All at the template's size, a few milliseconds; {@link paste} brings it to the photo.
 */
export function planTransfer(pictures: TransferPictures, mode: PasteMode = 'detail'): Transfer {
  const [photo, before, after] = [pictures.aligned, pictures.before, pictures.after].map(toLab) as [
    LabPlanes,
    LabPlanes,
    LabPlanes,
  ];
  return mode === 'replace'
    ? planReplacement(photo, before, after)
    : planChange(photo, before, after);
}

function planChange(photo: LabPlanes, before: LabPlanes, after: LabPlanes): Transfer {
  const size = { width: photo.width, height: photo.height };
  const mask = frameMask(size);
  const trust = trustOf(photo, before);
  const place = mattersOf(before, after, size);
  const weight = mask.map((value, i) => value * trust[i]! * place[i]!);
  const flow = motionOf(before, after, size, weight);
  const [x, r0] = [photo, before].map(({ planes }) => planes.map((p) => warp(p, size, flow))) as [
    Float32Array[],
    Float32Array[],
  ];
  const guide = x[0]!;
  const novelty = noveltyOf(r0[0]!, after.planes[0], size);
  const renewal = novelty.map((value, i) => value * mask[i]! * place[i]! * (0.3 + 0.7 * trust[i]!));
  const change = after.planes.map((plane, c) => {
    const difference = plane.map((value, i) => value - r0[c]![i]!);
    const cored = core(difference, guide, size, novelty);
    const missed = fineMiss(x[c]!, r0[c]!, size);
    return cored.map((value, i) => {
      const share = Math.max(weight[i]!, renewal[i]!);
      const gain = c === 0 ? lightGain(x[0]![i]!, r0[0]![i]!) : 1;
      return share * value * gain - renewal[i]! * missed[i]!;
    });
  }) as unknown as LabPlanes['planes'];
  const slope = change.map((plane) =>
    slopeOf(plane, guide, size),
  ) as unknown as LabPlanes['planes'];
  return { ...size, flow, change, slope, renewal, base: photo.planes };
}

function planReplacement(photo: LabPlanes, before: LabPlanes, after: LabPlanes): Transfer {
  const size = { width: photo.width, height: photo.height };
  const mask = frameMask(size);
  const change = after.planes.map((plane, c) => {
    const miss = photo.planes[c]!.map((value, i) => value - before.planes[c]![i]!);
    const tint = smooth(miss, size, 8);
    return plane.map((value, i) => mask[i]! * (value + tint[i]! - photo.planes[c]![i]!));
  }) as unknown as LabPlanes['planes'];
  const still = (): Float32Array => new Float32Array(mask.length);
  return {
    ...size,
    flow: { dx: still(), dy: still() },
    change,
    slope: [still(), still(), still()],
    renewal: mask,
    base: photo.planes,
  };
}

/**
 * How well the model's picture explains the photo at each place, 0..1, along the photo's edges. What
 * it did not see (a hand, a microphone, the background) it cannot change. Fine texture that averages
 * out, such as strands of hair, does not count as unseen.
 */
function trustOf(photo: LabPlanes, before: LabPlanes): Float32Array {
  const size = { width: photo.width, height: photo.height };
  const square = new Float32Array(size.width * size.height);
  for (let c = 0; c < 3; c++) {
    const miss = photo.planes[c]!.map((value, i) => value - before.planes[c]![i]!);
    const near = smooth(miss, size, 1);
    // The light on the whole face may be off by a little: that is no occlusion.
    const wide = smooth(miss, size, 12);
    for (let i = 0; i < square.length; i++) square[i]! += (near[i]! - 0.6 * wide[i]!) ** 2;
  }
  const off = rootOf(boxMean(square, size, 2));
  const trust = off.map((value) => 1 - smoothstep(value, TRUST.full, TRUST.none));
  const refined = guidedFilter(trust, photo.planes[0], size, 4, 1e-3);
  return refined.map((value) => Math.min(Math.max(value, 0), 1));
}

/**
 * 1 on the face. Around it, where hair and background meet, only a change counts that is large beside
 * the edit's largest: hair that turns blond, but not a wall that flickers along with a smile.
 */
function mattersOf(before: LabPlanes, after: LabPlanes, size: Size): Float32Array {
  const square = new Float32Array(size.width * size.height);
  for (const [c, plane] of after.planes.entries()) {
    for (let i = 0; i < square.length; i++) square[i]! += (plane[i]! - before.planes[c]![i]!) ** 2;
  }
  const amount = rootOf(smooth(square, size, 2));
  const most = amount.reduce((a, b) => Math.max(a, b), 1e-6);
  const matters = smooth(
    amount.map((value) => smoothstep(value / most, 0.12, 0.4)),
    size,
    2,
  );
  const face = faceMask(size);
  return matters.map((value, i) => Math.max(value, face[i]!));
}

/**
 * The flow from `before` to `after`, kept where it explains the change of the pattern and is more
 * than a tremble: what moves is resampled and loses a little sharpness, so the rest stays still.
 */
function motionOf(before: LabPlanes, after: LabPlanes, size: Size, weight: Float32Array): Flow {
  const [from, to] = [before, after].map(({ planes }) => patternOf(planes[0], size)) as [
    Float32Array,
    Float32Array,
  ];
  const flow = estimateFlow(from, to, size, { limit: FLOW_LIMIT });
  const moved = warp(from, size, flow);
  const still = smooth(
    from.map((value, i) => (to[i]! - value) ** 2),
    size,
    4,
  );
  const left = smooth(
    moved.map((value, i) => (to[i]! - value) ** 2),
    size,
    4,
  );
  const keep = still.map((value, i) => {
    const length = Math.hypot(flow.dx[i]!, flow.dy[i]!);
    const explained = 1 - left[i]! / (value + PATTERN_NOISE);
    return smoothstep(explained, 0.3, 0.6) * smoothstep(length, TREMBLE.from, TREMBLE.to);
  });
  const share = smooth(keep, size, 3).map((value, i) => smoothstep(value, 0.05, 0.6) * weight[i]!);
  return {
    dx: flow.dx.map((value, i) => value * share[i]!),
    dy: flow.dy.map((value, i) => value * share[i]!),
  };
}

/** Squared difference of patterns that means nothing. */
const PATTERN_NOISE = 0.03;
/** Motion, in template px, from none to certain. */
const TREMBLE = { from: 0.3, to: 0.9 };

/** Where `after` has structure that is no local change of contrast of `before`: teeth, a rim. */
function noveltyOf(before: Float32Array, after: Float32Array, size: Size): Float32Array {
  const explained = guidedFilter(after, before, size, 3, 2e-4);
  const square = after.map((value, i) => (value - explained[i]!) ** 2);
  const found = rootOf(boxMean(square, size, 2)).map((value) =>
    smoothstep(value, NOVELTY.from, NOVELTY.to),
  );
  return smooth(found, size, 1);
}

/** The change without the model's flicker: smooth along the photo's edges, entire where it is new. */
function core(
  difference: Float32Array,
  guide: Float32Array,
  size: Size,
  novelty: Float32Array,
): Float32Array {
  const calm = guidedFilter(difference, guide, size, 2, 4e-4);
  return difference.map((value, i) => {
    const entire = Math.max(novelty[i]!, smoothstep(Math.abs(value - calm[i]!), 0.01, 0.05));
    return calm[i]! + entire * (value - calm[i]!);
  });
}

/** What the model missed at small scale: it goes where the picture is renewed. */
function fineMiss(photo: Float32Array, before: Float32Array, size: Size): Float32Array {
  const miss = photo.map((value, i) => value - before[i]!);
  const wide = smooth(miss, size, 5);
  return miss.map((value, i) => value - wide[i]!);
}

/** Light multiplies: where the photo is darker than the model's picture, the change is smaller. */
function lightGain(photo: number, before: number): number {
  return Math.min(Math.max((photo + 0.05) / (before + 0.05), 0.6), 1.25);
}

function slopeOf(change: Float32Array, guide: Float32Array, size: Size): Float32Array {
  const { slope } = fitGuided(change, guide, size, 3, 1.5e-3);
  return slope.map((value) => Math.min(Math.max(value, SLOPE.least), SLOPE.most));
}
