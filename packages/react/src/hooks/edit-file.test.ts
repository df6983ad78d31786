// @vitest-environment happy-dom
import { writeRecipe } from '@facemorph/core';
import { describe, expect, it } from 'vitest';
import { loadToy } from '../testing/toy.js';
import { editFromFile, editToFile, isEditFile } from './edit-file.js';

const fileOf = (content: unknown): Blob => new Blob([JSON.stringify(content)]);

describe('an edit as a file', () => {
  it('brings strengths and locks back', async () => {
    const { model } = await loadToy();
    const edit = { strengths: { smiling: 1.5, beard: -0.8 }, keep: ['male', 'young'] };
    expect(await editFromFile(editToFile(edit, model), model)).toEqual(edit);
  });

  it('is a recipe that others read, a lock on what is edited left out', async () => {
    const { model } = await loadToy();
    const edit = { strengths: { smiling: 1 }, keep: ['smiling', 'male'] };
    expect(JSON.parse(await editToFile(edit, model).text())).toEqual(
      writeRecipe({ model: model.attributes.model, edits: { smiling: 1 }, keep: ['male'] }),
    );
  });

  it('counts values from where the face stands and stays inside the sliders', async () => {
    const { model } = await loadToy();
    const edits = { smiling: { value: 1 }, beard: 5 };
    const file = fileOf(writeRecipe({ model: model.attributes.model, edits }));
    const { strengths } = await editFromFile(file, model, { smiling: 0.4 });
    expect(strengths).toEqual({ smiling: 0.6, beard: 3 });
  });

  it('refuses what it would have to leave out', async () => {
    const { model } = await loadToy();
    const own = model.attributes.model;
    const step = { edits: [{ name: 'beard', strength: 1 }], keep: [] };
    const refused = [
      ['RECIPE_INVALID', { format: 'facemorph-recipe', version: 9 }],
      ['RECIPE_INVALID', writeRecipe({ model: own, edits: { smiling: 1 }, earlier: [step] })],
      ['ATTRIBUTE_UNKNOWN', writeRecipe({ model: own, edits: { wings: 1 } })],
      ['ATTRIBUTE_UNKNOWN', writeRecipe({ model: own, edits: { smiling: 1 }, keep: ['wings'] })],
      ['MODEL_MISMATCH', writeRecipe({ model: { id: 'x', sha256: '0'.repeat(64) }, edits: {} })],
    ] as const;
    for (const [code, content] of refused) {
      await expect(editFromFile(fileOf(content), model)).rejects.toMatchObject({ code });
    }
    await expect(editFromFile(new Blob(['{']), model)).rejects.toMatchObject({
      code: 'RECIPE_INVALID',
    });
  });
});

it('is told from a picture by its name', () => {
  expect(isEditFile(new File([], 'smile.recipe.json'))).toBe(true);
  expect(isEditFile(new File([], 'edit.JSON'))).toBe(true);
  expect(isEditFile(new File([], 'face.png', { type: 'image/png' }))).toBe(false);
});
