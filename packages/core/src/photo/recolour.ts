import type { Steps } from '../slices.js';
import { hairPlaces, type Recolouring, strandsOf } from './hair.js';
import { onOwnHead } from './heads.js';
import { type LabPlanes, tupleOf } from './oklab.js';
import { planeOf, productOf, type Size, smooth, smoothstep } from './plane.js';
import { embed, marginMask } from './surroundings.js';
import type { TransferBase } from './transfer.js';

/** Px over which hair takes on one change, as strands lie closer than the model draws them. */
const EVEN = 5;
/** Weight of the mean change of all hair beside that of the hair nearby: all there is where the model drew none. */
const EVERYWHERE = 0.05;
/** How far a place of the model's picture changes like hair before it counts as hair that it draws. */
const LIKE_HAIR = { from: 0.3, to: 0.8 };

/** What the model makes of a face and its edit, over the frame, in Oklab. */
export interface Changes {
  /** What is to be added to the photo, wherever hair is. */
  readonly wanted: readonly Float32Array[];
  /** From the model's picture without the edit to the one with it. */
  readonly change: readonly Float32Array[];
  /** The model's picture without the edit. */
  readonly drawn: readonly Float32Array[];
}

/**
 * An edit that recolours hair, brought to the hair of the photo: all of it, and nothing else. The model draws hair
 * softly, a little beyond itself and only as far as its frame; the photo tells where hair is ({@link strandsOf}), and
 * takes there the change that the model makes on hair nearby. What the model draws as hair where the
 * photo shows skin or background stays away.
 *
 * @param photo - The photo under the frame, with its margin or without.
 * @param edge - Where in the frame an edit that is not this one may show, 0..1.
 * @returns what is to be added to L, a, b of `photo`.
 */
export function* recolour(
  { face, trust, others, hair: inFrame }: TransferBase,
  photo: LabPlanes,
  frame: Size,
  { wanted, change, drawn }: Changes,
  recolouring: Recolouring,
  edge: Float32Array,
): Steps<LabPlanes['planes']> {
  const { amount, along } = recolouring;
  const margin = (photo.width - frame.width) / 2;
  const wide = (plane: Float32Array): Float32Array => (margin > 0 ? embed(plane, frame) : plane);
  const places = margin > 0 ? hairPlaces(frame, margin) : inFrame;
  const strands = yield* strandsOf(photo, drawn, frame, recolouring, places, inFrame);
  const within = margin > 0 ? productOf(strands, marginMask(frame)) : strands;
  const hair = onOwnHead(within, photo, others, margin);
  const like = planeOf(along.length, (i) => smoothstep(along[i]!, LIKE_HAIR.from, LIKE_HAIR.to));
  // Hair as such counts more than what the model draws of it at its rim, and most where the model knows the photo.
  const known = planeOf(
    along.length,
    (i) => like[i]! * along[i]! ** 2 * (1 - face[i]!) * (0.1 + trust[i]!),
  );
  const weight = productOf(wide(known), hair);
  const total = weight.reduce((sum, value) => sum + value, 1e-9);
  const weights = smooth(weight, photo, EVEN);
  yield;
  const kept = wide(
    planeOf(along.length, (i) => (1 - amount) * edge[i]! + amount * face[i]! * (1 - like[i]!)),
  );
  const planes: Float32Array[] = [];
  for (const [c, plane] of change.entries()) {
    const weighted = productOf(wide(plane), weight);
    const mean = weighted.reduce((sum, value) => sum + value, 0) / total;
    const sums = smooth(weighted, photo, EVEN);
    const old = wide(wanted[c]!);
    planes.push(
      planeOf(old.length, (i) => {
        const even = (sums[i]! + EVERYWHERE * mean) / (weights[i]! + EVERYWHERE);
        return kept[i]! * (1 - amount * strands[i]!) * old[i]! + amount * hair[i]! * even;
      }),
    );
    yield;
  }
  return tupleOf((c) => planes[c]!);
}
