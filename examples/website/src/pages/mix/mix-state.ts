import type { Face } from '@facemorph/core';
import type { MixPlace } from '@facemorph/react';
import { type FaceRef, faceRef, formatFaceRef, parseFaceRefs } from '../../faces/face-ref.js';
import { refOf } from '../../faces/resolve-face.js';

/** Top left, top right, bottom left, bottom right. */
export type FourFaces = readonly [Face, Face, Face, Face];

const FIRST = [faceRef(7, 13), faceRef(7, 6), faceRef(7, 5), faceRef(7, 9)];

/** The four corners in a link of the page. */
export function parseCorners(query: URLSearchParams): FaceRef[] {
  const refs = parseFaceRefs(query.get('faces'));
  return FIRST.map((first, corner) => refs[corner] ?? first);
}

/** The point on the pad in a link, each 0..1. */
export function parsePlace(query: URLSearchParams): MixPlace {
  return { x: share(query.get('x')), y: share(query.get('y')) };
}

/** The faces with another one in a corner. */
export function withCorner(faces: FourFaces, corner: number, face: Face): FourFaces {
  return faces.map((other, i) => (i === corner ? face : other)) as unknown as FourFaces;
}

/** The state of the page for its link; nothing when a corner is a photo. */
export function formatMix(faces: FourFaces, { x, y }: MixPlace): URLSearchParams {
  const refs = faces.map(refOf);
  const query = new URLSearchParams();
  if (refs.every((ref) => ref !== undefined)) query.set('faces', refs.map(formatFaceRef).join());
  query.set('x', x.toFixed(2));
  query.set('y', y.toFixed(2));
  return query;
}

function share(text: string | null): number {
  const value = text === null || text === '' ? Number.NaN : Number(text);
  return value >= 0 && value <= 1 ? value : 0.5;
}
