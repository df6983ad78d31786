import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRecipe } from '@facemorph/core';
import { createFakeAttributes } from '@facemorph/core/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRecipe } from './read-recipe.js';

const attributes = createFakeAttributes();
/** @type {string} */
let folder;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facemorph-recipe-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** @param {unknown} content */
async function read(content) {
  const path = join(folder, 'recipe.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readRecipe(path, attributes);
}

test('reads what is to be done', async () => {
  const edit = { do: 'edit', edits: { smiling: 2, young: { value: 1 } }, keep: ['beard'] };
  expect(await read(edit)).toEqual(edit);
  expect(await read({ do: 'encode', aligned: true })).toEqual({ do: 'encode', aligned: true });
});

test('reads a recipe of the library, without the face that it was written for', async () => {
  const edits = { smiling: 2, young: { value: 1 } };
  const face = { photo: { width: 9, height: 9 }, aligned: /** @type {const} */ (true) };
  const { model } = attributes;
  const recipe = writeRecipe({ model, edits, keep: ['beard'], mode: 'replace', face });
  expect(await read(recipe)).toEqual({ do: 'edit', edits, keep: ['beard'], mode: 'replace' });
  const other = { ...recipe, model: { id: 'x', sha256: 'e'.repeat(64) } };
  await expect(read(other)).rejects.toThrow('belongs to model');
  const earlier = [{ edits: recipe.edits, keep: [] }];
  await expect(read({ ...recipe, earlier })).rejects.toThrow('several steps');
});

test.each([
  ['not JSON', '{', 'Cannot read the recipe'],
  ['nothing', null, '"edit" or "encode" for "do"'],
  ['no task', {}, '"edit" or "encode" for "do"'],
  ['a slip of the pen', { do: 'edit', edit: { smiling: 2 } }, 'Unknown field "edit"'],
  ['no edits', { do: 'edit', edits: {} }, 'for "edits"'],
  ['a text for a number', { do: 'edit', edits: { smiling: '2' } }, 'for "edits"'],
  ['edits of an encoding', { do: 'encode', edits: { smiling: 2 } }, 'for "edits"'],
  ['one name for a list', { do: 'edit', edits: { smiling: 2 }, keep: 'young' }, 'for "keep"'],
  ['another mode', { do: 'edit', edits: { smiling: 2 }, mode: 'all' }, 'for "mode"'],
  ['another format', { do: 'edit', edits: { smiling: 2 }, format: 'bmp' }, 'for "format"'],
  ['an unknown edit', { do: 'edit', edits: { smilling: 2 } }, 'Unknown attribute "smilling"'],
  ['an unknown lock', { do: 'edit', edits: { smiling: 2 }, keep: ['x'] }, 'Unknown attribute "x"'],
])('refuses %s', async (_, content, message) => {
  await expect(read(content)).rejects.toThrow(message);
});
