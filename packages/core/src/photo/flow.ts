import type { Steps } from '../slices.js';
import {
  boxMean,
  differenceOf,
  halve,
  lengthOf,
  type Size,
  sampleAt,
  smooth,
  squaredDifferenceOf,
} from './plane.js';

/** A displacement at each place, in px: what is at (x, y) now came from (x + dx, y + dy). */
export interface Flow {
  readonly dx: Float32Array;
  readonly dy: Float32Array;
}

/** Options of {@link estimateFlow}. */
export interface FlowOptions {
  /** The longest displacement, in px. */
  readonly limit: number;
}

/** Neighbourhood of one fit, in px of each level. */
const WINDOW = 4;
/** Steps at the finest level, at the others. Windows are wide: there is little left to find. */
const ITERATIONS = { finest: 1, others: 4 };
/** Squared gradient of the pattern below which a place does not say where it moved. */
const STIFFNESS = 0.02;

/**
 * A dense, smooth flow such that `from` sampled at (x + dx, y + dy) looks like `to` (pyramidal Lucas
 * & Kanade 1981, with windows of soft weight and a pull to rest). Meant for small changes of the same
 * face: brows that rise, a mouth that widens. Flat places take the flow of their neighbours.
 * @param from - A {@link patternOf} a picture, as is `to`.
 * @param size - Multiples of 4.
 */
export function* estimateFlow(
  from: Float32Array,
  to: Float32Array,
  size: Size,
  { limit }: FlowOptions,
): Steps<Flow> {
  const levels = [{ from, to, size }];
  for (let level = 0; level < 2; level++) {
    const finer = levels[level]!;
    const half = { width: finer.size.width / 2, height: finer.size.height / 2 };
    levels.push({
      from: halve(finer.from, finer.size),
      to: halve(finer.to, finer.size),
      size: half,
    });
  }
  let flow: Flow | undefined;
  for (let index = levels.length - 1; index >= 0; index--) {
    const level = levels[index]!;
    flow = flow ? enlarge(flow, levels[index + 1]!.size, level.size) : rest(level.size);
    const steps = index === 0 ? ITERATIONS.finest : ITERATIONS.others;
    for (let i = 0; i < steps; i++) {
      flow = refine(level.from, level.to, level.size, flow);
      yield;
    }
    flow = limitFlow(flow, limit / 2 ** index);
  }
  return flow!;
}

/**
 * The pattern of a plane, without its light and contrast: what stays the same when a place only gets
 * lighter or darker, and moves when it moves.
 */
export function patternOf(plane: Float32Array, size: Size): Float32Array {
  const near = smooth(plane, size, 1);
  const mean = smooth(near, size, 7);
  const spread = smooth(squaredDifferenceOf(near, mean), size, 7);
  const pattern = differenceOf(near, mean);
  for (let i = 0; i < pattern.length; i++) pattern[i]! /= Math.sqrt(spread[i]! + FLAT * FLAT);
  return pattern;
}

/** Spread in L below which a place has no pattern. */
const FLAT = 0.03;

/** `plane` sampled along the flow. */
export function warp(plane: Float32Array, size: Size, { dx, dy }: Flow): Float32Array {
  const out = new Float32Array(plane.length);
  for (let y = 0, i = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, i++) {
      out[i] = sampleAt(plane, size, x + dx[i]!, y + dy[i]!);
    }
  }
  return out;
}

function rest({ width, height }: Size): Flow {
  return { dx: new Float32Array(width * height), dy: new Float32Array(width * height) };
}

function enlarge(flow: Flow, from: Size, to: Size): Flow {
  const scale = (plane: Float32Array): Float32Array => {
    const out = new Float32Array(to.width * to.height);
    for (let y = 0, i = 0; y < to.height; y++) {
      for (let x = 0; x < to.width; x++, i++) {
        out[i] = 2 * sampleAt(plane, from, x / 2 - 0.25, y / 2 - 0.25);
      }
    }
    return out;
  };
  return { dx: scale(flow.dx), dy: scale(flow.dy) };
}

/** One Gauss-Newton step in every window at once. */
function refine(from: Float32Array, to: Float32Array, size: Size, flow: Flow): Flow {
  const moved = warp(from, size, flow);
  const { width, height } = size;
  const count = moved.length;
  const [xx, xy, yy, xt, yt] = [0, 1, 2, 3, 4].map(() => new Float32Array(count)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const gx = (moved[i + (x < width - 1 ? 1 : 0)]! - moved[i - (x > 0 ? 1 : 0)]!) / 2;
      const gy = (moved[i + (y < height - 1 ? width : 0)]! - moved[i - (y > 0 ? width : 0)]!) / 2;
      const gap = to[i]! - moved[i]!;
      xx[i] = gx * gx;
      xy[i] = gx * gy;
      yy[i] = gy * gy;
      xt[i] = gx * gap;
      yt[i] = gy * gap;
    }
  }
  const [a, b, c, p, q] = [xx, xy, yy, xt, yt].map((plane) => boxMean(plane, size, WINDOW, 2)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const dx = new Float32Array(count);
  const dy = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const [aa, cc] = [a[i]! + STIFFNESS, c[i]! + STIFFNESS];
    const determinant = aa * cc - b[i]! * b[i]!;
    dx[i] = flow.dx[i]! + (cc * p[i]! - b[i]! * q[i]!) / determinant;
    dy[i] = flow.dy[i]! + (aa * q[i]! - b[i]! * p[i]!) / determinant;
  }
  return { dx: boxMean(dx, size, 1), dy: boxMean(dy, size, 1) };
}

function limitFlow({ dx, dy }: Flow, limit: number): Flow {
  for (let i = 0; i < dx.length; i++) {
    const length = lengthOf(dx[i]!, dy[i]!);
    if (length <= limit) continue;
    dx[i]! *= limit / length;
    dy[i]! *= limit / length;
  }
  return { dx, dy };
}
