import type { Face, PathKind } from '@facemorph/core';
import { type FaceRef, faceRef, formatFaceRef, parseFaceRefs } from '../../faces/face-ref.js';
import { refOf } from '../../faces/resolve-face.js';

/** How a morph runs. */
export interface MorphLook {
  readonly easing: 'linear' | 'smooth';
  readonly path: PathKind;
  /** Of the way from the first to the last face, in s. */
  readonly seconds: number;
}

/** The faces that a morph goes through, and which of them is selected. */
export interface KeyStrip {
  readonly keys: readonly Face[];
  readonly selected: number;
}

/** Most faces that a morph goes through. */
export const MAX_KEYS = 8;

const FIRST = [faceRef(7, 13), faceRef(7, 5), faceRef(7, 6)];

/** The strip with another face at a place. */
export function withKey({ keys, selected }: KeyStrip, place: number, face: Face): KeyStrip {
  return { keys: keys.map((key, index) => (index === place ? face : key)), selected };
}

/** The strip with one more face at its end, which is then selected; as it was where it is full. */
export function withNewKey(strip: KeyStrip, face: Face): KeyStrip {
  const { keys } = strip;
  return keys.length < MAX_KEYS ? { keys: [...keys, face], selected: keys.length } : strip;
}

/** The strip without a face. */
export function withoutKey({ keys, selected }: KeyStrip, place: number): KeyStrip {
  return {
    keys: keys.filter((_, index) => index !== place),
    selected: Math.max(0, Math.min(selected, keys.length - 2)),
  };
}

/** The faces in a link of the page; one alone gets a neighbour to morph into. */
export function parseKeys(query: URLSearchParams): FaceRef[] {
  const refs = parseFaceRefs(query.get('faces')).slice(0, MAX_KEYS);
  const [only] = refs;
  if (!only) return FIRST;
  return refs.length > 1 ? refs : [only, { ...only, index: (only.index + 1) % 24, variations: [] }];
}

/** How the morph in a link runs. */
export function parseLook(query: URLSearchParams): MorphLook {
  const seconds = Number(query.get('seconds') ?? 4);
  return {
    easing: query.get('easing') === 'linear' ? 'linear' : 'smooth',
    path: query.get('path') === 'spherical' ? 'spherical' : 'linear',
    seconds: seconds >= 1 && seconds <= 12 ? Math.round(seconds) : 4,
  };
}

/** Where the morph in a link stands, 0..1. */
export function parseTime(query: URLSearchParams): number {
  const time = Number(query.get('t') ?? 0);
  return time >= 0 && time <= 1 ? time : 0;
}

/** The state of the page for its link; faces from photos are left out. */
export function formatMorph(
  keys: readonly Face[],
  { easing, path, seconds }: MorphLook,
  time: number,
): URLSearchParams {
  const names = keys.flatMap((face) => {
    const ref = refOf(face);
    return ref ? [formatFaceRef(ref)] : [];
  });
  const query = new URLSearchParams({ faces: names.join() });
  if (time > 0) query.set('t', String(Math.round(time * 1000) / 1000));
  if (easing !== 'smooth') query.set('easing', easing);
  if (path !== 'linear') query.set('path', path);
  if (seconds !== 4) query.set('seconds', String(seconds));
  return query;
}
