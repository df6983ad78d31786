import { addScaled, type Face, type FaceMorph, type Latent, subtract } from '@facemorph/core';
import { type FaceRef, formatFaceRef } from './face-ref.js';

/** How far a variation turns away from its face, in radians: 0 is the same, pi / 2 a stranger. */
const TURN = 0.6;

/** The names of faces that have one: a face from a photo has none, and stays out of links. */
const names = new WeakMap<Face, FaceRef>();

/** The name of a face that {@link resolveFaces} gave. */
export function refOf(face: Face): FaceRef | undefined {
  return names.get(face);
}

/** The faces of some names, in order. The same name is the same face everywhere. */
export async function resolveFaces(
  model: FaceMorph,
  refs: readonly FaceRef[],
  signal?: AbortSignal,
): Promise<Face[]> {
  const sheets = new Map<string, Promise<Face[]>>();
  const sheetOf = ({ seed, variety }: FaceRef): Promise<Face[]> => {
    const key = `${seed}@${variety}`;
    const same = refs.filter((ref) => ref.seed === seed && ref.variety === variety);
    const count = Math.max(...same.map(({ index }) => index)) + 1;
    const sheet = sheets.get(key) ?? model.sample({ seed, count, truncation: variety, signal });
    sheets.set(key, sheet);
    return sheet;
  };
  const turnings = new Map<string, Promise<Latent>>();
  return Promise.all(
    refs.map(async (ref) => {
      const base = (await sheetOf(ref))[ref.index] as Face;
      const face = ref.variations.length === 0 ? base : await varied(model, base, ref, turnings);
      names.set(face, ref);
      return face;
    }),
  );
}

/**
 * Turns a face towards a stranger, one variation after the other, on the ellipsoid of equally
 * likely faces: a variation is no more average than its face was.
 */
async function varied(
  model: FaceMorph,
  base: Face,
  { variations }: FaceRef,
  turnings: Map<string, Promise<Latent>>,
): Promise<Face> {
  const { mean } = model.attributes.latent;
  let offset = subtract(base.latent, mean);
  for (const [depth, number] of variations.entries()) {
    const key = `${depth}/${number}`;
    const turning = turnings.get(key) ?? strangerOffset(model, depth, number);
    turnings.set(key, turning);
    const kept = addScaled(new Float32Array(mean.length), offset, Math.cos(TURN));
    offset = addScaled(kept, await turning, Math.sin(TURN));
  }
  return model.face(addScaled(mean, offset, 1));
}

async function strangerOffset(model: FaceMorph, depth: number, number: number): Promise<Latent> {
  const seed = 1_000_000 * (depth + 1) + number;
  const [stranger] = await model.sample({ seed, truncation: 0.9 });
  return subtract((stranger as Face).latent, model.attributes.latent.mean);
}

/** Equal for lists of the same faces. */
export function keyOfRefs(refs: readonly FaceRef[]): string {
  return refs.map(formatFaceRef).join();
}
