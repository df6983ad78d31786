import {
  editsOf,
  type FaceMorph,
  recipeFromHash,
  recipeToHash,
  writeRecipe,
} from '@facemorph/core';
import { type FaceEdit, keptNames } from './face-edit.js';

/** An edit as the hash of a link, `#recipe=…`. It holds no face: who opens it edits their own. */
export function editToHash(edit: FaceEdit, model: FaceMorph): string {
  const content = { model: model.attributes.model, edits: edit.strengths, keep: keptNames(edit) };
  return recipeToHash(writeRecipe(content));
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
  const { attributes } = model.attributes;
  const recipe = recipeFromHash(hash, model.attributes.model);
  if (!recipe) return undefined;
  const strengths: Record<string, number> = {};
  for (const [name, edit] of Object.entries(editsOf(recipe))) {
    const range = attributes.find((attribute) => attribute.name === name)?.range;
    const strength = typeof edit === 'number' ? edit : edit.value - (measured[name] ?? 0);
    if (range) strengths[name] = Math.min(Math.max(strength, range[0]), range[1]);
  }
  const keep = recipe.keep.filter((name) => attributes.some((other) => other.name === name));
  return { strengths, keep };
}
