import { readFile } from 'node:fs/promises';
import { editsOf, findAttribute, parseRecipe } from '@facemorph/core';

/** @typedef {import('./recipe.js').Recipe} Recipe */
/** @typedef {import('@facemorph/core').AttributeSet} AttributeSet */

/** What each field must be, for people. */
const FIELDS = /** @type {const} */ ({
  do: '"edit" or "encode"',
  edits: 'an object such as { "smiling": 2 } or { "smiling": { "value": 1 } }',
  keep: 'a list of names of attributes',
  mode: '"detail", "replace" or "face"',
  format: '"jpeg", "png", "webp" or "avif"',
  aligned: 'true or false',
});

/**
 * A recipe from a JSON file: one of this example, or one that `facemorph edit --save-recipe` or the website
 * has written, whose face is left out. Refused before the first picture, not at each.
 *
 * @param {string} path
 * @param {AttributeSet} attributes Of the model that will do it.
 * @returns {Promise<Recipe>}
 */
export async function readRecipe(path, attributes) {
  /** @type {any} */
  let file;
  try {
    file = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    const { message } = /** @type {Error} */ (cause);
    throw new Error(`Cannot read the recipe ${path}: ${message}`, { cause });
  }
  const isCores = file?.format === 'facemorph-recipe';
  const recipe = isCores ? fromCore(file, attributes.model) : checkFields(file, path);
  for (const name of [...Object.keys(recipe.edits ?? {}), ...(recipe.keep ?? [])]) {
    findAttribute(attributes, name);
  }
  return recipe;
}

/**
 * @param {unknown} file
 * @param {AttributeSet['model']} model
 * @returns {Recipe}
 */
function fromCore(file, model) {
  const { earlier, keep, mode, ...rest } = parseRecipe(file, model);
  if (earlier) throw new Error('A recipe of several steps (`earlier`) cannot be done in a batch');
  return { do: 'edit', edits: editsOf(rest), keep, mode };
}

/**
 * @param {any} file
 * @param {string} path
 * @returns {Recipe}
 */
function checkFields(file, path) {
  /** @param {keyof typeof FIELDS} name @param {boolean} isRight */
  const check = (name, isRight) => {
    if (isRight) return;
    throw new Error(`Expected ${FIELDS[name]} for "${name}" in ${path}`);
  };
  const { do: task, edits, keep, mode, format, aligned, ...others } = file ?? {};
  check('do', ['edit', 'encode'].includes(task));
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new Error(
      `Unknown field "${unknown}" in ${path}: there are ${Object.keys(FIELDS).join(', ')}`,
    );
  }
  check('edits', task === 'encode' ? edits === undefined : isEdits(edits));
  check('keep', keep === undefined || (Array.isArray(keep) && keep.every(isText)));
  check('mode', [undefined, 'detail', 'replace', 'face'].includes(mode));
  check('format', [undefined, 'jpeg', 'png', 'webp', 'avif'].includes(format));
  check('aligned', [undefined, true, false].includes(aligned));
  return file;
}

/** @param {unknown} value */
function isText(value) {
  return typeof value === 'string';
}

/** @param {unknown} value */
function isEdits(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const numbers = Object.values(value).map((edit) => edit?.value ?? edit);
  return numbers.length > 0 && numbers.every(Number.isFinite);
}
