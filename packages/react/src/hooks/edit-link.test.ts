// @vitest-environment happy-dom
import { recipeToHash, writeRecipe } from '@facemorph/core';
import { expect, it } from 'vitest';
import { loadToy } from '../testing/toy.js';
import { editFromHash, editToHash } from './edit-link.js';

it('brings an edit and its locks back, and knows a hash without one', async () => {
  const { model } = await loadToy();
  const edit = { strengths: { smiling: 1.5, beard: -0.8 }, keep: ['male', 'young'] };
  expect(editFromHash(editToHash(edit, model), model)).toEqual(edit);
  expect(editFromHash('#seed=3', model)).toBeUndefined();
});

it('leaves the lock on what is edited out: a recipe cannot hold both', async () => {
  const { model } = await loadToy();
  const edit = { strengths: { smiling: 1.5 }, keep: ['smiling', 'male'] };
  expect(editFromHash(editToHash(edit, model), model)).toEqual({ ...edit, keep: ['male'] });
});

it('counts values from where the face stands and stays inside the sliders', async () => {
  const { model } = await loadToy();
  const edits = { smiling: { value: 1 }, beard: 9 };
  const recipe = writeRecipe({ model: model.attributes.model, edits, keep: ['male', 'wings'] });
  expect(editFromHash(recipeToHash(recipe), model, { smiling: 0.4 })).toEqual({
    strengths: { smiling: 0.6, beard: 3 },
    keep: ['male'],
  });
});

it('refuses the edit of another model', async () => {
  const { model } = await loadToy();
  const other = { id: 'other', sha256: '0'.repeat(64) };
  const hash = recipeToHash(writeRecipe({ model: other, edits: { smiling: 1 } }));
  expect(() => editFromHash(hash, model)).toThrow(
    expect.objectContaining({ code: 'MODEL_MISMATCH' }),
  );
});
