import {
  editsOf,
  type FaceMorph,
  FaceMorphError,
  findAttribute,
  parseRecipe,
  writeRecipe,
} from '@facemorph/core';
import { type FaceEdit, keptNames } from './face-edit.js';

/** An edit as a file: a recipe in JSON, that the command line and `FaceMorph.replay` read too. It holds no face. */
export function editToFile(edit: FaceEdit, model: FaceMorph): Blob {
  const content = { model: model.attributes.model, edits: edit.strengths, keep: keptNames(edit) };
  const recipe = writeRecipe(content);
  return new Blob([`${JSON.stringify(recipe, null, 2)}\n`], { type: 'application/json' });
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
  const { attributes } = model;
  const recipe = parseRecipe(await file.text(), attributes.model);
  if (recipe.earlier) {
    throw new FaceMorphError('RECIPE_INVALID', 'The recipe has several steps, sliders show one', {
      hint: 'Replay it with FaceMorph.replay or facemorph edit --recipe.',
      details: { field: 'earlier' },
    });
  }
  const strengths: Record<string, number> = {};
  for (const [name, edit] of Object.entries(editsOf(recipe))) {
    const [low, high] = findAttribute(attributes, name).range;
    const strength = typeof edit === 'number' ? edit : edit.value - (measured[name] ?? 0);
    strengths[name] = Math.min(Math.max(strength, low), high);
  }
  for (const name of recipe.keep) findAttribute(attributes, name);
  return { strengths, keep: recipe.keep };
}

/** Whether a file may hold an edit, rather than a picture. */
export function isEditFile({ name, type }: File): boolean {
  return type === 'application/json' || /\.json$/i.test(name);
}
