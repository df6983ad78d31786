import { invalidArgument } from '../errors.js';

/** A point in pixels: x to the right, y down; pixel (0, 0) covers 0..1 of both. */
export type Point = readonly [x: number, y: number];

/**
 * A similarity: scale, rotation and shift, no reflection.
 * (x, y) goes to (a x − b y + x0, b x + a y + y0).
 */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly x0: number;
  readonly y0: number;
}

/**
 * The similarity that maps `from` to `to` with the least squared error (Umeyama 1991). In the plane
 * and without reflection it has a closed form: with points as complex numbers relative to their
 * centroids, a + ib = Σ conj(p) q / Σ |p|².
 *
 * @throws {FaceMorphError} `ARGUMENT_INVALID` for fewer than two points or all points in one place.
 */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): Similarity {
  if (from.length < 2) throw invalidArgument('at least two points', 'landmarks', from);
  if (from.length !== to.length) {
    throw invalidArgument(`${to.length} points`, 'landmarks', from.length);
  }
  const [fromX, fromY] = centroid(from);
  const [toX, toY] = centroid(to);
  let real = 0;
  let imaginary = 0;
  let spread = 0;
  for (const [index, [x, y]] of from.entries()) {
    const [px, py] = [x - fromX, y - fromY];
    const [qx, qy] = [to[index]![0] - toX, to[index]![1] - toY];
    real += px * qx + py * qy;
    imaginary += px * qy - py * qx;
    spread += px * px + py * py;
  }
  const [a, b] = [real / spread, imaginary / spread];
  if (!(spread > 0) || !(Math.hypot(a, b) > 0) || !Number.isFinite(a) || !Number.isFinite(b)) {
    throw invalidArgument('points in distinct places', 'landmarks', from);
  }
  return { a, b, x0: toX - a * fromX + b * fromY, y0: toY - b * fromX - a * fromY };
}

/** Where a similarity takes a point. */
export function applySimilarity({ a, b, x0, y0 }: Similarity, [x, y]: Point): Point {
  return [a * x - b * y + x0, b * x + a * y + y0];
}

/** The similarity that undoes another. */
export function invertSimilarity({ a, b, x0, y0 }: Similarity): Similarity {
  const square = a * a + b * b;
  const [ia, ib] = [a / square, -b / square];
  return { a: ia, b: ib, x0: -(ia * x0 - ib * y0), y0: -(ib * x0 + ia * y0) };
}

/** By how much a similarity enlarges lengths. */
export function scaleOf({ a, b }: Similarity): number {
  return Math.hypot(a, b);
}

function centroid(points: readonly Point[]): Point {
  let [x, y] = [0, 0];
  for (const point of points) {
    x += point[0];
    y += point[1];
  }
  return [x / points.length, y / points.length];
}
