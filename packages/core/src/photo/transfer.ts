import type { Pixels } from '../image/pixels.js';
import type { Steps } from '../slices.js';
import type { FaceFrame } from './face-frame.js';
import { type Flow, patternOf, warp } from './flow.js';
import { type HairPlaces, hairPlaces, recolouringOf } from './hair.js';
import { onOwnHead } from './heads.js';
import { faceMask, frameMask } from './mask.js';
import { motionOf } from './motion.js';
import { type LabPlanes, labSteps, tupleOf } from './oklab.js';
import { personOf } from './person.js';
import {
  boxMean,
  differenceOf,
  guidedFilter,
  planeOf,
  productOf,
  rootOf,
  type Size,
  smooth,
  smoothstep,
  smoothstepsOf,
  squaredDifferenceOf,
} from './plane.js';
import { recolour } from './recolour.js';
import { settle } from './settle.js';
import { embed, MARGIN, withMargin } from './surroundings.js';
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
  /** Px around the template at each side that the fields cover too; they are part of the size. */
  readonly margin: number;
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
  readonly hair: HairPlaces;
  /** The photo's other faces, in px of the template. */
  readonly others: readonly FaceFrame[];
}

/** Cuts the photo under the frame and its margin: {@link cutSurroundings}. */
export type CutAround = () => Steps<LabPlanes>;

/** Structure in the new picture that is not in the old one, in L, from none to certain. */
const NOVELTY = { from: 0.035, to: 0.1 };
/** Root mean square change in the frame's border, in Oklab, that is seen to end there. */
const BORDER_CHANGE = 0.028;

/** Whether two pictures are the same, byte for byte. */
export function samePixels(a: Pixels, b: Pixels): boolean {
  return a.data.length === b.data.length && a.data.every((value, i) => value === b.data[i]);
}

/**
 * @param aligned - The face as it is in the photo. @param before - The model's picture of it.
 * @param others - The photo's other faces, in px of the template: an edit does not reach them.
 */
export function* prepareTransfer(
  aligned: Pixels,
  before: Pixels,
  others: readonly FaceFrame[] = [],
): Steps<TransferBase> {
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
    person: onOwnHead(person, size, others),
    hair: hairPlaces(size, 0),
    others,
  };
}

/**
 * What changes in a photo when the model's picture of a face changes to `after`. All at the
 * template's size, a few milliseconds; {@link paste} brings it to the photo.
 *
 * @param cutAround - Asked where hair changes its colour, which goes on outside the frame. Without it a
 * change reaches the frame's border, which suits a picture that ends there too.
 */
export function* planTransfer(
  base: TransferBase,
  after: Pixels,
  mode: PasteMode = 'detail',
  cutAround?: CutAround,
): Steps<Transfer> {
  const { width, height } = base;
  const drawn = { width, height, planes: yield* labSteps(after) };
  if (mode === 'replace') return yield* planReplacement(base, drawn);
  return yield* planChange(base, drawn, cutAround);
}

function* planChange(base: TransferBase, after: LabPlanes, cutAround?: CutAround): Steps<Transfer> {
  const { photo, before, pattern, mask, face, trust, person, width, height } = base;
  const size = { width, height };
  const count = width * height;
  const matters = mattersOf(before, after, size, face);
  const place = productOf(matters, person);
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
  const change = after.planes.map((plane, c) => differenceOf(plane, r0[c]!));
  const wanted: Float32Array[] = [];
  const fine: Float32Array[] = [];
  for (const [c, difference] of change.entries()) {
    yield;
    const cored = core(difference, guide, size, novelty);
    const missed = fineMiss(x[c]!, r0[c]!, size);
    wanted.push(
      planeOf(count, (i) => {
        const share = Math.max(
          trust[i]! * place[i]!,
          novelty[i]! * place[i]! * (0.3 + 0.7 * trust[i]!),
        );
        return share * cored[i]! * (c > 0 ? 1 : lightGain(guide[i]!, drawn[i]!));
      }),
    );
    fine.push(productOf(renewal, missed));
  }
  const isSeenToEnd = goesOn(wanted, mask);
  const edge = isSeenToEnd && !cutAround ? planeOf(count, () => 1) : mask;
  const recolouring = recolouringOf(change, size, base.hair);
  if (recolouring.amount === 0) {
    const ends = wanted.map((plane) => productOf(plane, edge));
    const settled = settle(ends, fine, guide, size);
    return { ...size, margin: 0, flow, ...settled, renewal, base: photo.planes };
  }
  const around = cutAround && (yield* cutAround());
  const wide = (plane: Float32Array, outer?: Float32Array): Float32Array =>
    around ? embed(plane, size, outer) : plane;
  const whole = around ? withMargin(size) : size;
  const planes = tupleOf((c) => wide(x[c]!, around?.planes[c]));
  const changes = { wanted, change, drawn: r0 };
  const ends = yield* recolour(base, { ...whole, planes }, size, changes, recolouring, edge);
  const settled = settle(
    ends,
    fine.map((plane) => wide(plane)),
    planes[0],
    whole,
  );
  return {
    ...whole,
    margin: around ? MARGIN : 0,
    flow: { dx: wide(flow.dx), dy: wide(flow.dy) },
    ...settled,
    renewal: wide(renewal),
    base: tupleOf((c) => wide(photo.planes[c]!, around?.planes[c])),
  };
}

/**
 * Whether so much changes along the frame's border that its end would show. The mean over the whole
 * border tells hair of another colour from what a smile moves there, which fades without being seen.
 */
function goesOn(wanted: readonly Float32Array[], mask: Float32Array): boolean {
  let square = 0;
  let count = 0;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i]! >= 0.5) continue;
    for (const plane of wanted) square += plane[i]! ** 2;
    count++;
  }
  return square > count * BORDER_CHANGE ** 2;
}

function* planReplacement(base: TransferBase, after: LabPlanes): Steps<Transfer> {
  const { photo, before, width, height } = base;
  const size = { width, height };
  const count = width * height;
  const mask = onOwnHead(base.mask, size, base.others);
  yield;
  const change = tupleOf((c) => {
    const [plane, old, drawn] = [after.planes[c]!, photo.planes[c]!, before.planes[c]!];
    const tint = smooth(differenceOf(old, drawn), size, 8);
    return planeOf(count, (i) => mask[i]! * (plane[i]! + tint[i]! - old[i]!));
  });
  const still = (): Float32Array => new Float32Array(count);
  return {
    ...size,
    margin: 0,
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
  const off = rootOf(boxMean(squaredDifferenceOf(after, explained), size, 2));
  return smooth(smoothstepsOf(off, NOVELTY.from, NOVELTY.to), size, 1);
}

/** The change without the model's flicker: smooth along the photo's edges, entire where it is new. */
function core(
  difference: Float32Array,
  guide: Float32Array,
  size: Size,
  novelty: Float32Array,
): Float32Array {
  const calm = guidedFilter(difference, guide, size, 2, 4e-4);
  const cored = new Float32Array(calm.length);
  for (let i = 0; i < cored.length; i++) {
    const rest = difference[i]! - calm[i]!;
    const entire = Math.max(novelty[i]!, smoothstep(Math.abs(rest), 0.01, 0.05));
    cored[i] = calm[i]! + entire * rest;
  }
  return cored;
}

/** What the model missed at small scale: it goes where the picture is renewed. */
function fineMiss(photo: Float32Array, before: Float32Array, size: Size): Float32Array {
  const miss = differenceOf(photo, before);
  return differenceOf(miss, smooth(miss, size, 5));
}

/** Light multiplies: where the photo is darker than the model's picture, the change is smaller. */
function lightGain(photo: number, before: number): number {
  return Math.min(Math.max((photo + 0.05) / (before + 0.05), 0.6), 1.25);
}
