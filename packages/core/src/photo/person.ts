import type { Steps } from '../slices.js';
import { ColourBins } from './colour-bins.js';
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

const BINS = { light: 12, chroma: 16 };
const ROUNDS = 6;
/** {@link ColourBins}. */
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
  const bins = new ColourBins(planes, BINS, DOUBT);
  let person = prior;
  for (let round = 0; round < ROUNDS; round++) {
    const near = bins.shares(person);
    const far = bins.shares(planeOf(person.length, (i) => 1 - person[i]!));
    person = bins.posterior(prior, near, far);
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
