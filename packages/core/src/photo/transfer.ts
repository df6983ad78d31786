import type { Pixels } from '../image/pixels.js';
import type { Steps } from '../slices.js';
import { type Flow, patternOf, warp } from './flow.js';
import { faceMask, frameMask } from './mask.js';
import { motionOf } from './motion.js';
import { type LabPlanes, labSteps } from './oklab.js';
import { personOf } from './person.js';
import {
  boxMean,
  fitGuided,
  guidedFilter,
  planeOf,
  rootOf,
  type Size,
  smooth,
  smoothstep,
} from './plane.js';
import { mattersOf, trustOf } from './trust.js';

/**
 * How an edit goes back into a photo. `detail`: the change goes back, the photo keeps its own
 * pixels' detail. `replace`: what the model drew goes back, matched in colour; soft, but entire.
 */
export type PasteMode = 'detail' | 'replace';

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

/** What does not depend on the edit: computed once a face, used for every one of its pictures. */
export interface TransferBase extends Size {
  /** The face as it is in the photo, aligned. */
  readonly photo: LabPlanes;
  /** The model's picture of it. */
  readonly before: LabPlanes;
  readonly pattern: Float32Array;
  readonly mask: Float32Array;
  readonly face: Float32Array;
  readonly trust: Float32Array;
  readonly person: Float32Array;
}

/** Structure in the new picture that is not in the old one, in L, from none to certain. */
const NOVELTY = { from: 0.035, to: 0.1 };
/** A change of contrast beyond these limits is noise. */
const SLOPE = { least: -0.9, most: 0.6 };
/** What L may come to where an edit darkens or lightens: hair has strands at both ends. */
const LIGHT = { least: 0.12, most: 0.95 };
/** Px over which the photo's own light is taken for that: strands are finer. */
const LIGHT_RADIUS = 3;

/** Whether two pictures are the same, byte for byte. */
export function samePixels(a: Pixels, b: Pixels): boolean {
  return a.data.length === b.data.length && a.data.every((value, i) => value === b.data[i]);
}

/** @param aligned - The face as it is in the photo. @param before - The model's picture of it. */
export function* prepareTransfer(aligned: Pixels, before: Pixels): Steps<TransferBase> {
  const { width, height } = aligned;
  const size = { width, height };
  const photo: LabPlanes = { ...size, planes: yield* labSteps(aligned) };
  const drawn: LabPlanes = { ...size, planes: yield* labSteps(before) };
  const trust = yield* trustOf(photo, drawn);
  yield;
  const person = yield* personOf(photo);
  yield;
  return {
    ...size,
    photo,
    before: drawn,
    pattern: patternOf(drawn.planes[0], size),
    mask: frameMask(size),
    face: faceMask(size),
    trust,
    person,
  };
}

/**
 * What changes in a photo when the model's picture of a face changes to `after`. All at the
 * template's size, a few milliseconds; {@link paste} brings it to the photo.
 */
export function* planTransfer(
  base: TransferBase,
  after: Pixels,
  mode: PasteMode = 'detail',
): Steps<Transfer> {
  const { width, height } = base;
  const planes = yield* labSteps(after);
  const plan = mode === 'replace' ? planReplacement : planChange;
  return yield* plan(base, { width, height, planes });
}

function* planChange(base: TransferBase, after: LabPlanes): Steps<Transfer> {
  const { photo, before, pattern, mask, face, trust, person, width, height } = base;
  const size = { width, height };
  const count = width * height;
  const matters = mattersOf(before, after, size, face);
  const place = planeOf(count, (i) => matters[i]! * person[i]!);
  yield;
  const weight = planeOf(count, (i) => mask[i]! * trust[i]! * place[i]!);
  const flow = yield* motionOf(pattern, after.planes[0], size, weight);
  const [x, r0] = [photo, before].map(({ planes }) => planes.map((p) => warp(p, size, flow))) as [
    Float32Array[],
    Float32Array[],
  ];
  const [guide, drawn] = [x[0]!, r0[0]!];
  yield;
  const novelty = noveltyOf(drawn, after.planes[0], size);
  const renewal = planeOf(
    count,
    (i) => novelty[i]! * mask[i]! * place[i]! * (0.3 + 0.7 * trust[i]!),
  );
  const change: Float32Array[] = [];
  const slope: Float32Array[] = [];
  const light = smooth(guide, size, LIGHT_RADIUS);
  const tint = new Float32Array(count).fill(1);
  for (const [c, plane] of after.planes.entries()) {
    yield;
    const old = r0[c]!;
    const difference = planeOf(count, (i) => plane[i]! - old[i]!);
    const cored = core(difference, guide, size, novelty);
    const missed = fineMiss(x[c]!, old, size);
    const added = planeOf(count, (i) => {
      const share = Math.max(weight[i]!, renewal[i]!);
      const fine = renewal[i]! * missed[i]!;
      if (c > 0) return share * cored[i]! * tint[i]! - fine;
      const wanted = share * cored[i]! * lightGain(guide[i]!, drawn[i]!);
      const kept = lightKept(wanted, light[i]!);
      // What gets darker by less takes on less colour too: no blue hair. What gets lighter takes it all.
      if (wanted < 0) tint[i] = kept;
      return wanted * kept - fine;
    });
    change.push(added);
    slope.push(slopeOf(added, guide, size));
  }
  return {
    ...size,
    flow,
    change: change as unknown as LabPlanes['planes'],
    slope: slope as unknown as LabPlanes['planes'],
    renewal,
    base: photo.planes,
  };
}

function* planReplacement(base: TransferBase, after: LabPlanes): Steps<Transfer> {
  const { photo, before, mask, width, height } = base;
  const size = { width, height };
  const count = width * height;
  yield;
  const change = after.planes.map((plane, c) => {
    const [old, drawn] = [photo.planes[c]!, before.planes[c]!];
    const tint = smooth(
      planeOf(count, (i) => old[i]! - drawn[i]!),
      size,
      8,
    );
    return planeOf(count, (i) => mask[i]! * (plane[i]! + tint[i]! - old[i]!));
  }) as unknown as LabPlanes['planes'];
  const still = (): Float32Array => new Float32Array(count);
  return {
    ...size,
    flow: { dx: still(), dy: still() },
    change,
    slope: [still(), still(), still()],
    renewal: mask,
    base: photo.planes,
  };
}

/** Where `after` has structure that is no local change of contrast of `before`: teeth, a rim. */
function noveltyOf(before: Float32Array, after: Float32Array, size: Size): Float32Array {
  const explained = guidedFilter(after, before, size, 3, 2e-4);
  const square = planeOf(after.length, (i) => (after[i]! - explained[i]!) ** 2);
  const off = rootOf(boxMean(square, size, 2));
  const found = planeOf(off.length, (i) => smoothstep(off[i]!, NOVELTY.from, NOVELTY.to));
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
  return planeOf(calm.length, (i) => {
    const rest = difference[i]! - calm[i]!;
    const entire = Math.max(novelty[i]!, smoothstep(Math.abs(rest), 0.01, 0.05));
    return calm[i]! + entire * rest;
  });
}

/** What the model missed at small scale: it goes where the picture is renewed. */
function fineMiss(photo: Float32Array, before: Float32Array, size: Size): Float32Array {
  const miss = planeOf(photo.length, (i) => photo[i]! - before[i]!);
  const wide = smooth(miss, size, 5);
  return planeOf(miss.length, (i) => miss[i]! - wide[i]!);
}

/** Light multiplies: where the photo is darker than the model's picture, the change is smaller. */
function lightGain(photo: number, before: number): number {
  return Math.min(Math.max((photo + 0.05) / (before + 0.05), 0.6), 1.25);
}

/** How much of a change of L is made, 0..1: it comes to rest before the photo is black or burnt out. */
function lightKept(change: number, light: number): number {
  const room = change < 0 ? light - LIGHT.least : LIGHT.most - light;
  if (room <= 0) return change === 0 ? 1 : 0;
  const part = Math.abs(change) / room;
  return 1 / Math.cbrt(1 + part * part * part);
}

function slopeOf(change: Float32Array, guide: Float32Array, size: Size): Float32Array {
  const { slope } = fitGuided(change, guide, size, 3, 1.5e-3);
  return planeOf(slope.length, (i) => Math.min(Math.max(slope[i]!, SLOPE.least), SLOPE.most));
}
