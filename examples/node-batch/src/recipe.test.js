import { expect, test } from 'vitest';
import { jobKey, resultName, runKey } from './recipe.js';

const recipe = /** @type {const} */ ({ do: 'edit', edits: { smiling: 2 }, keep: ['male'] });
const picture = Uint8Array.of(1, 2, 3);

test('the key of a job follows picture, recipe and model, and nothing else', () => {
  const key = jobKey(picture, recipe, 'model');
  const same = /** @type {const} */ ({ keep: ['male'], edits: { smiling: 2 }, do: 'edit' });
  expect(jobKey(Uint8Array.of(1, 2, 3), same, 'model')).toBe(key);
  const others = [
    jobKey(Uint8Array.of(1, 2, 4), recipe, 'model'),
    jobKey(picture, { ...recipe, edits: { smiling: 1 } }, 'model'),
    jobKey(picture, { ...recipe, keep: [] }, 'model'),
    jobKey(picture, recipe, 'another'),
  ];
  expect(new Set([key, ...others]).size).toBe(5);
});

test('a run is a recipe and a model', () => {
  expect(runKey(recipe, 'a')).not.toBe(runKey(recipe, 'b'));
});

test('results keep the name of their picture, so that two never meet', () => {
  expect(resultName('a/b.png', recipe)).toBe('a/b.png.jpg');
  expect(resultName('a/b.jpg', recipe)).toBe('a/b.jpg.jpg');
  expect(resultName('b.jpg', { ...recipe, format: 'webp' })).toBe('b.jpg.webp');
  expect(resultName('b.jpg', { do: 'encode' })).toBe('b.jpg.json');
});
