import type { FaceMorph } from '@facemorph/core';
import { recipeOfEdit } from './edit-of-recipe.js';
import type { FaceEdit } from './face-edit.js';

/**
 * An edit as a file: a recipe in JSON, that the command line and `FaceMorph.replay` read too. It holds
 * no face.
 */
export function editToFile(edit: FaceEdit, model: FaceMorph): Blob {
  const text = JSON.stringify(recipeOfEdit(edit, model), null, 2);
  return new Blob([`${text}\n`], { type: 'application/json' });
}

/**
 * The edit in a recipe file; strengths are held inside the sliders, and what is to arrive at a value
 * is counted from where the face stands.
 *
 * @param measured - `FaceEditor.measured`
 * @throws {FaceMorphError} `RECIPE_INVALID`, also for a recipe of several steps; `MODEL_MISMATCH`;
 * `ATTRIBUTE_UNKNOWN`
 */
export async function editFromFile(
  file: Blob,
  model: FaceMorph,
  measured: Readonly<Record<string, number>> = {},
): Promise<FaceEdit> {
  const { readEditFile } = await import('./read-edit-file.js');
  return readEditFile(await file.text(), model, measured);
}

/** Whether a file may hold an edit, by its name, rather than a picture. */
export function isEditFile({ name }: File): boolean {
  return /\.json$/i.test(name);
}
