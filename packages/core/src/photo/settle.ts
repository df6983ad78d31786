import { tupleOf } from './oklab.js';
import { fitGuided, planeOf, type Size, smooth } from './plane.js';
import type { Transfer } from './transfer.js';

/** A change of contrast beyond these limits is noise. */
const SLOPE = { least: -0.9, most: 0.6 };
/** What L may come to where an edit darkens or lightens: hair has strands at both ends. */
const LIGHT = { least: 0.12, most: 0.95 };
/** Px over which the photo's own light is taken for that: strands are finer. */
const LIGHT_RADIUS = 3;

/**
 * What is made of a change that is wanted: it comes to rest before the photo is black or burnt out,
 * so that strands stay to be seen, and contrast changes along with light.
 *
 * @param wanted - Of L, a, b. @param fine - The photo's fine detail that goes, of L, a, b.
 * @param guide - L of the photo.
 */
export function settle(
  wanted: readonly Float32Array[],
  fine: readonly Float32Array[],
  guide: Float32Array,
  size: Size,
): Pick<Transfer, 'change' | 'slope'> {
  const light = smooth(guide, size, LIGHT_RADIUS);
  const kept = planeOf(guide.length, (i) => lightKept(wanted[0]![i]!, light[i]!));
  const change = wanted.map((plane, c) =>
    planeOf(plane.length, (i) => {
      // What gets darker by less takes on less colour too: no blue hair. What gets lighter takes it all.
      const share = c === 0 || wanted[0]![i]! < 0 ? kept[i]! : 1;
      return plane[i]! * share - fine[c]![i]!;
    }),
  );
  return {
    change: tupleOf((c) => change[c]!),
    slope: tupleOf((c) => slopeOf(change[c]!, guide, size)),
  };
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
