import { editsOf, type FaceMorph, type Recipe, writeRecipe } from '@facemorph/core';
import { type FaceEdit, keptNames } from './face-edit.js';

/** An edit as a recipe. A lock on what is edited stays out: a recipe cannot hold both. */
export function recipeOfEdit(edit: FaceEdit, { attributes: { model } }: FaceMorph): Recipe {
  return writeRecipe({ model, edits: edit.strengths, keep: keptNames(edit) });
}

/**
 * What sliders show of a recipe: strengths held inside their ranges, values counted from where the
 * face stands, and nothing that the model does not know.
 */
export function editOfRecipe(
  recipe: Recipe,
  { attributes: { attributes } }: FaceMorph,
  measured: Readonly<Record<string, number>>,
): FaceEdit {
  const strengths: Record<string, number> = {};
  for (const [name, edit] of Object.entries(editsOf(recipe))) {
    const range = attributes.find((attribute) => attribute.name === name)?.range;
    const strength = typeof edit === 'number' ? edit : edit.value - (measured[name] ?? 0);
    if (range) strengths[name] = Math.min(Math.max(strength, range[0]), range[1]);
  }
  const keep = recipe.keep.filter((name) => attributes.some((other) => other.name === name));
  return { strengths, keep };
}
