import { decodeText, encodeText } from '../attributes/base64.js';
import { FaceMorphError } from '../errors.js';
import { crc32 } from '../image/crc32.js';
import { parseRecipe } from './parse.js';
import type { Recipe } from './types.js';

const PREFIX = 'recipe=';

/**
 * A recipe as the hash of a link, `#recipe=…`: letters, digits, `-`, `_` and one dot. Where the face is
 * stays out, since who opens the link has another photo, and so does its latent: links are passed on,
 * and a latent is the face. A check sum tells a link that was cut.
 */
export function recipeToHash(recipe: Recipe): string {
  const { face: _face, latent: _latent, ...rest } = recipe;
  const text = JSON.stringify(rest);
  const base64 = encodeText(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `#${PREFIX}${base64}.${checkSum(text)}`;
}

/**
 * The recipe in the hash of a link.
 *
 * @param hash - As in `location.hash`; other things may stand in it, parted by `&`.
 * @param model - The model that the recipe must belong to; any when left out.
 * @returns `undefined` when the hash holds no recipe.
 * @throws {FaceMorphError} `RECIPE_INVALID` for a damaged one, `MODEL_MISMATCH`
 */
export function recipeFromHash(hash: string, model?: Recipe['model']): Recipe | undefined {
  const part = hash
    .replace(/^#/, '')
    .split('&')
    .find((item) => item.startsWith(PREFIX));
  if (part === undefined) return undefined;
  const [data = '', sum] = part.slice(PREFIX.length).split('.');
  const text = decodeText(data.replaceAll('-', '+').replaceAll('_', '/'));
  if (text === undefined || checkSum(text) !== sum) {
    throw new FaceMorphError('RECIPE_INVALID', 'The recipe in the link is damaged', {
      hint: 'Copy the whole link, to its last letter.',
      details: { field: 'hash' },
    });
  }
  return parseRecipe(text, model);
}

function checkSum(text: string): string {
  return crc32(new TextEncoder().encode(text)).toString(36);
}
