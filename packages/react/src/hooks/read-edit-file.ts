/** From the text of a recipe file to the sliders. Loaded with the first file. */
import { type FaceMorph, FaceMorphError, findAttribute, parseRecipe } from '@facemorph/core';
import { editOfRecipe } from './edit-of-recipe.js';
import type { FaceEdit } from './face-edit.js';

/** The edit in a recipe, of which nothing may be left out. @throws as `editFromFile` */
export function readEditFile(
  text: string,
  model: FaceMorph,
  measured: Readonly<Record<string, number>>,
): FaceEdit {
  const recipe = parseRecipe(text, model.attributes.model);
  if (recipe.earlier) {
    throw new FaceMorphError('RECIPE_INVALID', 'Sliders show one step, the recipe has several', {
      hint: 'FaceMorph.replay and the command line do all of them.',
      details: { field: 'earlier' },
    });
  }
  const names = [...recipe.edits.map(({ name }) => name), ...recipe.keep];
  for (const name of names) findAttribute(model.attributes, name);
  return editOfRecipe(recipe, model, measured);
}
