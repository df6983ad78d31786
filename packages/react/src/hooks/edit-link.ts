import { type FaceMorph, recipeFromHash, recipeToHash } from '@facemorph/core';
import { editOfRecipe, recipeOfEdit } from './edit-of-recipe.js';
import type { FaceEdit } from './face-edit.js';

/** An edit as the hash of a link, `#recipe=…`. It holds no face: who opens it edits their own. */
export function editToHash(edit: FaceEdit, model: FaceMorph): string {
  return recipeToHash(recipeOfEdit(edit, model));
}

/**
 * The edit in the hash of a link; strengths are held inside the sliders, and what is to arrive at a
 * value is counted from where the face stands.
 *
 * @param measured - `FaceEditor.measured`
 * @returns `undefined` when the hash holds none.
 * @throws {FaceMorphError} `RECIPE_INVALID`, `MODEL_MISMATCH`
 */
export function editFromHash(
  hash: string,
  model: FaceMorph,
  measured: Readonly<Record<string, number>> = {},
): FaceEdit | undefined {
  const recipe = recipeFromHash(hash, model.attributes.model);
  return recipe && editOfRecipe(recipe, model, measured);
}
