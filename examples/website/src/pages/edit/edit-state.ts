import type { Attribute, Face } from '@facemorph/core';
import { type FaceEdit, formatEdit, parseEdit } from '@facemorph/react';
import { type FaceRef, FIRST_FACE, formatFaceRef, parseFaceRef } from '../../faces/face-ref.js';
import { refOf } from '../../faces/resolve-face.js';

/**
 * The face in a link of the editor: `seed=7&face=3`. A seed alone is its first face; nothing at all
 * is one to begin with.
 */
export function parseFace(query: URLSearchParams): FaceRef {
  const seed = query.get('seed');
  if (seed === null) return FIRST_FACE;
  return parseFaceRef(`${seed}.${query.get('face') ?? '0'}`) ?? FIRST_FACE;
}

/** The edit in a link, as far as the model has its attributes. */
export function parseEditState(query: URLSearchParams, attributes: readonly Attribute[]): FaceEdit {
  return parseEdit(String(query), attributes);
}

/** The state of the editor for its link; a face from a photo is left out. */
export function formatEditState(face: Face | undefined, edit: FaceEdit): string {
  const ref = face && refOf(face);
  const [seed, index] = ref ? splitOnce(formatFaceRef(ref), '.') : [];
  const name = ref ? `seed=${seed}&face=${index}` : '';
  return [name, formatEdit(edit)].filter(Boolean).join('&');
}

function splitOnce(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return [text.slice(0, at), text.slice(at + 1)];
}
