import type { Steps } from '../slices.js';
import { ColourBins } from './colour-bins.js';
import type { LabPlanes } from './oklab.js';
import {
  guidedFilter,
  halve,
  lengthOf,
  planeOf,
  productOf,
  type Size,
  smooth,
  smoothstep,
  smoothstepsOf,
} from './plane.js';

const BINS = { light: 20, chroma: 24 };
/** {@link ColourBins}. */
const DOUBT = 10;
const ROUNDS = 8;
/** From how likely to how likely a place passes from what is left alone to hair. */
const HAIR = { from: 0.25, to: 0.6 };
/** What the model draws this far from its hair in L, and in a and b, it hardly means as hair. */
const ALIKE = { light: 0.16, chroma: 0.05 };
/** How far a place of the model's picture changes like hair before it counts as hair that it draws. */
const LIKE_HAIR = { from: 0.2, to: 0.7 };
/** Share of its likelihood that is left to hair where the model draws none, and where what it draws is only alike. */
const LEFT = { least: 0.08, alike: 0.35 };

/** Where hair is to be expected, 0..1, over a frame and its margin. */
export interface HairPlaces {
  /** Px around the frame. */
  readonly margin: number;
  /** Where hair begins if there is any: a band over the forehead, from ear to ear. */
  readonly hairline: Float32Array;
  /** How likely it is before anything is seen: around the head, and down at both sides of the neck. */
  readonly usual: Float32Array;
  /** Skin for sure. */
  readonly cheeks: Float32Array;
}

/** An edit as a change of colour of the hair. */
export interface Recolouring {
  /** How far the edit is that, and not another shape, 0..1. */
  readonly amount: number;
  /** How far each place of the frame changes like hair: about 1 where hair is, 0 where it does not change. */
  readonly along: Float32Array;
}

/** Mean change over the usual place of hair, in Oklab, from none to enough. */
const CHANGE = { from: 0.02, to: 0.05 };
/**
 * That mean beside the root mean square: 1 where all places change alike. Chosen on photos of split A: hair that turns
 * blond, black or gray lies above, bangs and hats lie below.
 */
const COHERENCE = { from: 0.68, to: 0.8 };
/**
 * Change of a for each of L with which what gets lighter becomes skin, as on a bald head, and not hair of another colour.
 * Chosen on the same photos.
 */
const BARE = { from: 0.04, to: 0.08 };

/**
 * @param change - Of L, a, b from the model's picture without the edit to the one with it.
 * @param places - Of the frame without margin.
 */
export function recolouringOf(
  change: readonly Float32Array[],
  size: Size,
  { hairline: zone }: HairPlaces,
): Recolouring {
  const way = change.map((plane) => meanOf(plane, zone));
  const square = change.reduce((sum, plane) => sum + meanOf(productOf(plane, plane), zone), 1e-12);
  const length = way.reduce((sum, value) => sum + value * value, 1e-12);
  const [lighter = 0, redder = 0] = way;
  const amount =
    smoothstep(Math.sqrt(length / square), COHERENCE.from, COHERENCE.to) *
    smoothstep(Math.sqrt(length), CHANGE.from, CHANGE.to) *
    (lighter > 0 ? 1 - smoothstep(redder / lighter, BARE.from, BARE.to) : 1);
  const along = planeOf(zone.length, (i) => {
    let sum = 0;
    for (const [c, plane] of change.entries()) sum += plane[i]! * way[c]!;
    return sum / length;
  });
  return { amount, along: smooth(along, size, 1) };
}

/**
 * How likely each place is hair that such an edit recolours, 0..1, along the photo's edges. Colours of hair and of all
 * else begin from where hair borders on the forehead and from where it hardly ever is, and sharpen each other (as in
 * {@link personOf}). The model has a say too: where its picture changes like hair, or is at least alike.
 *
 * @param photo - The photo under the frame and its margin; the sides are even numbers.
 * @param drawn - L, a, b of the model's picture without the edit.
 * @param places - Of the photo's frame and margin.
 * @param inFrame - Of the frame without margin.
 */
export function* strandsOf(
  photo: LabPlanes,
  drawn: readonly Float32Array[],
  frame: Size,
  { along }: Recolouring,
  { margin, usual, hairline, cheeks }: HairPlaces,
  inFrame: HairPlaces,
): Steps<Float32Array> {
  const prior = usual.slice();
  const start = hairline.slice();
  const alike = likeness(drawn, frame, along, inFrame.hairline);
  for (let i = 0; i < prior.length; i++) {
    // Outside the frame its border goes on: hair that leaves it was hair before.
    const x = clamp((i % photo.width) - margin, frame.width - 1);
    const y = clamp(Math.floor(i / photo.width) - margin, frame.height - 1);
    const at = y * frame.width + x;
    const changes = smoothstep(along[at]!, LIKE_HAIR.from, LIKE_HAIR.to);
    prior[i]! *= Math.max(changes, LEFT.alike * alike[at]!, LEFT.least);
    start[i]! *= changes * alike[at]!;
  }
  yield;
  const { near, far } = yield* coloursOf(photo, prior, start, cheeks);
  const bins = new ColourBins(photo.planes, BINS, DOUBT);
  const likely = bins.posterior(prior, near, far);
  yield;
  const calm = guidedFilter(smooth(likely, photo, 1), photo.planes[0], photo, 2, 2e-4);
  return smoothstepsOf(calm, HAIR.from, HAIR.to);
}

/** Shares of colours in hair and in all else, from the picture at half its size. */
function* coloursOf(
  photo: LabPlanes,
  wholePrior: Float32Array,
  start: Float32Array,
  skin: Float32Array,
): Steps<{ near: Float32Array; far: Float32Array }> {
  const size = { width: photo.width / 2, height: photo.height / 2 };
  const half = (plane: Float32Array): Float32Array => halve(plane, photo);
  const planes = photo.planes.map(half) as unknown as LabPlanes['planes'];
  const prior = half(wholePrior);
  const bins = new ColourBins(planes, BINS, DOUBT);
  yield;
  // A turned face has skin where hair usually begins.
  const [first, skins] = [bins.shares(half(start)), bins.shares(half(skin))];
  const sure = half(start);
  for (let i = 0; i < sure.length; i++) {
    const bin = bins.of[i]!;
    sure[i]! *= (first[bin]! / (first[bin]! + skins[bin]!)) ** 2;
  }
  let near = bins.shares(sure);
  let far = larger(bins.shares(planeOf(prior.length, (i) => (1 - prior[i]!) ** 4)), skins);
  for (let round = 0; round < ROUNDS; round++) {
    const likely = bins.posterior(prior, near, far);
    const calm = guidedFilter(likely, planes[0], size, 1, 2e-4);
    for (let i = 0; i < likely.length; i++) {
      likely[i] = Math.min(Math.max((likely[i]! + calm[i]!) / 2, 0), 1);
    }
    // Squared, so that what is in doubt teaches little.
    near = bins.shares(productOf(likely, likely));
    far = larger(bins.shares(planeOf(likely.length, (i) => (1 - likely[i]!) ** 2)), skins);
    yield;
  }
  return { near, far };
}

/** All else has two kinds of colours, those around the head and those of skin, and hair borders on both. */
function larger(a: Float32Array, b: Float32Array): Float32Array {
  return planeOf(a.length, (i) => Math.max(a[i]!, b[i]!));
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}

/** How alike each place of the model's picture is to what it draws where the edit is strongest, 0..1. */
function likeness(
  drawn: readonly Float32Array[],
  size: Size,
  along: Float32Array,
  zone: Float32Array,
): Float32Array {
  const weight = planeOf(zone.length, (i) => zone[i]! * Math.max(along[i]!, 0) ** 4);
  const mean = drawn.map((plane) => meanOf(plane, weight));
  const calm = drawn.map((plane) => smooth(plane, size, 1));
  return planeOf(zone.length, (i) => {
    let square = 0;
    for (const [c, plane] of calm.entries()) {
      square += ((plane[i]! - mean[c]!) / (c > 0 ? ALIKE.chroma : ALIKE.light)) ** 2;
    }
    return Math.exp(-square / 2);
  });
}

function meanOf(plane: Float32Array, weight: Float32Array): number {
  let [sum, total] = [0, 1e-9];
  for (let i = 0; i < plane.length; i++) {
    sum += plane[i]! * weight[i]!;
    total += weight[i]!;
  }
  return sum / total;
}

/** A plane over the frame and its margin, by the place as a share of the frame. */
function placeOf(
  frame: Size,
  margin: number,
  valueAt: (x: number, y: number) => number,
): Float32Array {
  const width = frame.width + 2 * margin;
  return planeOf(width * (frame.height + 2 * margin), (i) =>
    valueAt(
      ((i % width) + 0.5 - margin) / frame.width,
      (Math.floor(i / width) + 0.5 - margin) / frame.height,
    ),
  );
}

export function hairPlaces(frame: Size, margin: number): HairPlaces {
  const over = (valueAt: (x: number, y: number) => number): Float32Array =>
    placeOf(frame, margin, valueAt);
  return { margin, hairline: over(hairlineAt), usual: over(usualAt), cheeks: over(cheeksAt) };
}

function hairlineAt(x: number, y: number): number {
  const away = lengthOf((x - 0.5) / 0.27, (y - 0.57) / 0.36);
  const band = smoothstep(away, 0.95, 1.15) * (1 - smoothstep(away, 1.2, 1.45));
  return band * (1 - smoothstep(y, 0.4, 0.6));
}

function usualAt(x: number, y: number): number {
  const side = Math.abs(x - 0.5);
  const behind = smoothstep(lengthOf((x - 0.5) / 0.22, (y - 0.57) / 0.33), 0.9, 1.2);
  const head = 1 - smoothstep(lengthOf((x - 0.5) / 0.4, (y - 0.53) / 0.5), 0.8, 1.4);
  const below = smoothstep(y, 0.3, 0.5) * (1 - smoothstep(y, 1, 1.35));
  const falling = below * (1 - smoothstep(side, 0.42, 0.75));
  const neck = smoothstep(y, 0.75, 0.85) * (1 - smoothstep(side, 0.2, 0.3));
  return Math.max(0.04 + 0.56 * head, 0.3 * falling) * behind * (1 - 0.95 * neck);
}

function cheeksAt(x: number, y: number): number {
  return 1 - smoothstep(lengthOf((x - 0.5) / 0.16, (y - 0.57) / 0.2), 0.8, 1);
}
