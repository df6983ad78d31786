import type { Steps } from '../slices.js';
import type { LabPlanes } from './oklab.js';
import { guidedFilter, planeOf, type Size, smooth, smoothstep } from './plane.js';
import { distanceOut, embed, MARGIN, withMargin } from './surroundings.js';

/** Difference in colour, in Oklab with half of L, that strands of the same hair have. */
const SAME = 0.04;
/** Steps that one step through another colour counts for, for each unit of difference beyond that. */
const RELUCTANCE = 60;
/** Steps after which a change begins to fade, and is gone. */
const REACH = { full: 30, none: 75 };
/** Px outside the frame within which the smoothed continuation takes over. */
const BLEND = 6;
/** Forward and backward passes over the picture: paths that turn back need more, hair does not. */
const ROUNDS = 2;

/**
 * A change goes on outside the frame: hair is one piece, wherever the frame cuts it. Each place
 * outside takes the change of the place at the frame's border that is the nearest to it by a path
 * through that place's own colour; so what touches unchanged background stays unchanged, and the
 * change ends where the hair does, or fades with distance.
 *
 * @param change - Of L, a, b inside the frame.
 * @param around - The photo under the frame and its margin.
 * @param mask - Where there the change may go on, 0..1.
 * @returns the change over frame and margin; inside the frame as it was.
 */
export function* continueOutside(
  change: readonly Float32Array[],
  frame: Size,
  around: LabPlanes,
  mask: Float32Array,
): Steps<Float32Array[]> {
  const size = withMargin(frame);
  const colours = around.planes.map((plane) => smooth(plane, size, 1));
  yield;
  const distance = distanceOut(frame);
  const { source, cost } = yield* nearestInside(colours, distance, size);
  const share = planeOf(
    cost.length,
    (i) => mask[i]! * (1 - smoothstep(cost[i]!, REACH.full, REACH.none)),
  );
  const out: Float32Array[] = [];
  for (const plane of change) {
    const wide = embed(plane, frame);
    const carried = planeOf(wide.length, (i) => wide[source[i]!]! * share[i]!);
    const calm = guidedFilter(smooth(carried, size, 1), around.planes[0], size, 4, 1e-3);
    out.push(
      planeOf(wide.length, (i) => {
        const t = smoothstep(distance[i]!, 0, BLEND);
        return (carried[i]! + (calm[i]! - carried[i]!) * t) * (mask[i]! > 0 ? 1 : 0);
      }),
    );
    yield;
  }
  return out;
}

interface Nearest {
  /** Index of the place inside; of itself for a place inside. */
  readonly source: Int32Array;
  /** Length of the path to it, in steps. */
  readonly cost: Float32Array;
}

/** The cheapest paths out of the frame, by passes over the picture forwards and backwards. */
function* nearestInside(
  colours: readonly Float32Array[],
  distance: Float32Array,
  { width, height }: Size,
): Steps<Nearest> {
  const count = width * height;
  const source = Int32Array.from({ length: count }, (_, i) => i);
  const cost = planeOf(count, (i) => (distance[i]! > 0 ? Number.POSITIVE_INFINITY : 0));
  const [light, a, b] = colours as [Float32Array, Float32Array, Float32Array];
  const visit = (i: number, from: number, length: number): void => {
    const before = cost[from]!;
    if (before + length >= cost[i]!) return;
    const origin = source[from]!;
    const [dl, da, db] = [(light[i]! - light[origin]!) / 2, a[i]! - a[origin]!, b[i]! - b[origin]!];
    const other = Math.max(Math.sqrt(dl * dl + da * da + db * db) - SAME, 0);
    const total = before + length * (1 + RELUCTANCE * other);
    if (total >= cost[i]!) return;
    cost[i] = total;
    source[i] = origin;
  };
  for (let pass = 0; pass < 2 * ROUNDS; pass++) {
    const step = pass % 2 === 0 ? 1 : -1;
    for (let row = 1; row < height - 1; row++) {
      const y = step > 0 ? row : height - 1 - row;
      for (let column = 1; column < width - 1; column++) {
        const i = y * width + (step > 0 ? column : width - 1 - column);
        if (distance[i] === 0 || distance[i]! > MARGIN) continue;
        visit(i, i - step, 1);
        visit(i, i - step * width, 1);
        visit(i, i - step * (width + 1), Math.SQRT2);
        visit(i, i - step * (width - 1), Math.SQRT2);
      }
      // Along the row the other way too: paths bend.
      for (let column = width - 2; column > 0; column--) {
        const i = y * width + (step > 0 ? column : width - 1 - column);
        if (distance[i]! > 0 && distance[i]! <= MARGIN) visit(i, i + step, 1);
      }
    }
    yield;
  }
  return { source, cost };
}
