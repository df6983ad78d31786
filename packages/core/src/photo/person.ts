import type { Steps } from '../slices.js';
import type { LabPlanes } from './oklab.js';
import {
  guidedFilter,
  lengthOf,
  planeOf,
  type Size,
  smooth,
  smoothstep,
  smoothstepsOf,
} from './plane.js';

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
    const near = histogram(bins, person, false);
    const far = histogram(bins, person, true);
    person = new Float32Array(prior.length);
    for (let i = 0; i < person.length; i++) {
      const inside = prior[i]! * near[bins[i]!]!;
      person[i] = inside / (inside + (1 - prior[i]!) * far[bins[i]!]!);
    }
    yield;
  }
  const calm = guidedFilter(smooth(person, size, 1), planes[0], size, 3, 1e-3);
  const head = smoothstepsOf(calm, 0.1, 0.4);
  const face = faceCore(size);
  for (let i = 0; i < head.length; i++) head[i] = Math.max(head[i]!, face[i]!);
  return head;
}

/** Where heads usually are in the template: surely around the face, hardly in the upper corners. */
function headPrior({ width, height }: Size): Float32Array {
  return planeOf(width * height, (i) => {
    const [x, y] = [((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height];
    const distance = lengthOf((x - 0.5) / 0.38, (y - 0.52) / 0.5);
    return 0.08 + 0.88 * (1 - smoothstep(distance, 0.7, 1.4));
  });
}

/** 1 between brows and chin, whatever its colour. */
function faceCore({ width, height }: Size): Float32Array {
  return planeOf(width * height, (i) => {
    const [x, y] = [((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height];
    return 1 - smoothstep(lengthOf((x - 0.5) / 0.23, (y - 0.58) / 0.3), 0.8, 1.1);
  });
}

function binsOf([light, a, b]: LabPlanes['planes']): Int32Array {
  const chromaBin = (value: number): number => {
    const place = Math.floor(((value / CHROMA + 1) / 2) * BINS.chroma);
    return Math.min(Math.max(place, 0), BINS.chroma - 1);
  };
  const bins = new Int32Array(light.length);
  for (let i = 0; i < bins.length; i++) {
    const bin = Math.min(Math.max(Math.floor(light[i]! * BINS.light), 0), BINS.light - 1);
    bins[i] = (bin * BINS.chroma + chromaBin(a[i]!)) * BINS.chroma + chromaBin(b[i]!);
  }
  return bins;
}

/**
 * Share of each colour among the places, each counted by how likely it is the person, or what lies
 * around; neighbouring bins blend.
 */
function histogram(bins: Int32Array, person: Float32Array, isAround: boolean): Float32Array {
  const { light, chroma } = BINS;
  const counts = new Float32Array(light * chroma * chroma);
  let total = 0;
  for (let i = 0; i < bins.length; i++) {
    const weight = isAround ? 1 - person[i]! : person[i]!;
    counts[bins[i]!]! += weight;
    total += weight;
  }
  const strides = [1, chroma, chroma * chroma];
  const spread = strides.reduce<Float32Array>((from, stride) => blur(from, stride), counts);
  for (let i = 0; i < spread.length; i++) {
    spread[i] = (spread[i]! + DOUBT / bins.length) / (total + DOUBT);
  }
  return spread;
}

/** Each bin takes a quarter of its neighbours' counts along one axis. */
function blur(counts: Float32Array, stride: number): Float32Array {
  const length = stride === BINS.chroma ** 2 ? BINS.light : BINS.chroma;
  const out = new Float32Array(counts.length);
  for (let start = 0; start < counts.length; start += stride * length) {
    for (let place = 0; place < length; place++) {
      for (let i = start + place * stride; i < start + (place + 1) * stride; i++) {
        const count = counts[i]!;
        const before = place > 0 ? counts[i - stride]! : count;
        const after = place < length - 1 ? counts[i + stride]! : count;
        out[i] = (before + 2 * count + after) / 4;
      }
    }
  }
  return out;
}
