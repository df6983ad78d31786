import type { Steps } from '../slices.js';
import type { LabPlanes } from './oklab.js';
import { guidedFilter, planeOf, type Size, smooth, smoothstep } from './plane.js';

/** Bins of the colour histograms: L, a, b. */
const BINS = { light: 12, chroma: 16 } as const;
/** Chroma, in Oklab, at the end of the histograms; photos hardly have more. */
const CHROMA = 0.2;
const ROUNDS = 6;
/** A colour that was hardly seen decides little: so many pixels stand against it. */
const DOUBT = 12;

/**
 * How likely each place of an aligned picture is head and hair rather than background, 0..1. Two
 * colour models, of the person and of what lies around, begin from where heads usually are and
 * sharpen each other (as GrabCut does, Rother et al. 2004, without its graph). Where both know a
 * colour equally well, as dark hair on a dark wall, the usual place of a head decides.
 */
export function* personOf({ width, height, planes }: LabPlanes): Steps<Float32Array> {
  const size = { width, height };
  const prior = headPrior(size);
  const bins = binsOf(planes);
  let person = prior;
  for (let round = 0; round < ROUNDS; round++) {
    const near = histogram(bins, person, (value) => value);
    const far = histogram(bins, person, (value) => 1 - value);
    person = planeOf(prior.length, (i) => {
      const inside = prior[i]! * near[bins[i]!]!;
      return inside / (inside + (1 - prior[i]!) * far[bins[i]!]!);
    });
    yield;
  }
  const calm = guidedFilter(smooth(person, size, 1), planes[0], size, 3, 1e-3);
  const face = faceCore(size);
  return planeOf(calm.length, (i) => Math.max(smoothstep(calm[i]!, 0.1, 0.4), face[i]!));
}

/** Where heads usually are in the template: surely around the face, hardly in the upper corners. */
function headPrior({ width, height }: Size): Float32Array {
  return planeOf(width * height, (i) => {
    const [x, y] = [((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height];
    const distance = Math.hypot((x - 0.5) / 0.38, (y - 0.52) / 0.5);
    return 0.08 + 0.88 * (1 - smoothstep(distance, 0.7, 1.4));
  });
}

/** 1 between brows and chin, whatever its colour. */
function faceCore({ width, height }: Size): Float32Array {
  return planeOf(width * height, (i) => {
    const [x, y] = [((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height];
    return 1 - smoothstep(Math.hypot((x - 0.5) / 0.23, (y - 0.58) / 0.3), 0.8, 1.1);
  });
}

function binsOf([light, a, b]: LabPlanes['planes']): Int32Array {
  const chromaBin = (value: number): number => {
    const place = Math.floor(((value / CHROMA + 1) / 2) * BINS.chroma);
    return Math.min(Math.max(place, 0), BINS.chroma - 1);
  };
  return Int32Array.from(light, (value, i) => {
    const bin = Math.min(Math.max(Math.floor(value * BINS.light), 0), BINS.light - 1);
    return (bin * BINS.chroma + chromaBin(a[i]!)) * BINS.chroma + chromaBin(b[i]!);
  });
}

/** Share of each colour among the places, each counted by its weight; neighbouring bins blend. */
function histogram(
  bins: Int32Array,
  person: Float32Array,
  weigh: (value: number) => number,
): Float32Array {
  const { light, chroma } = BINS;
  const counts = new Float32Array(light * chroma * chroma);
  let total = 0;
  for (let i = 0; i < bins.length; i++) {
    const weight = weigh(person[i]!);
    counts[bins[i]!]! += weight;
    total += weight;
  }
  const strides = [1, chroma, chroma * chroma];
  const spread = strides.reduce<Float32Array>((from, stride) => blur(from, stride), counts);
  return planeOf(spread.length, (i) => (spread[i]! + DOUBT / bins.length) / (total + DOUBT));
}

/** Each bin takes a quarter of its neighbours' counts along one axis. */
function blur(counts: Float32Array, stride: number): Float32Array {
  const length = stride === BINS.chroma ** 2 ? BINS.light : BINS.chroma;
  return planeOf(counts.length, (i) => {
    const count = counts[i]!;
    const place = Math.floor(i / stride) % length;
    const before = place > 0 ? counts[i - stride]! : count;
    const after = place < length - 1 ? counts[i + stride]! : count;
    return (before + 2 * count + after) / 4;
  });
}
