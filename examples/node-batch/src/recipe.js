import { createHash } from 'node:crypto';

/**
 * What is done to every picture: an edit, or `encode` for latents and scores. Plain data, so that it
 * can be hashed, queued and kept.
 *
 * @typedef {object} Recipe
 * @property {'edit' | 'encode'} do
 * @property {Readonly<Record<string, number | { value: number }>>} [edits]
 * @property {readonly string[]} [keep]
 * @property {'detail' | 'replace' | 'face'} [mode]
 * @property {'jpeg' | 'png' | 'webp' | 'avif'} [format] Of edited pictures. Default: jpeg.
 * @property {boolean} [aligned] The pictures are cropped to faces.
 */

/** Names of the pictures that are taken. */
export const PICTURE = /\.(jpe?g|png|webp|gif|tiff?|avif)$/i;

/**
 * The name of a picture's result. One picture, one recipe, one name: whoever makes it again makes the
 * same file.
 *
 * @param {string} name
 * @param {Recipe} recipe
 */
export function resultName(name, recipe) {
  const extension = recipe.do === 'encode' ? 'json' : (recipe.format ?? 'jpeg');
  return `${name}.${extension === 'jpeg' ? 'jpg' : extension}`;
}

/**
 * What the bytes of a result depend on, as one hash: the picture's bytes, the recipe and the model.
 *
 * @param {Uint8Array} bytes
 * @param {Recipe} recipe
 * @param {string} model SHA-256 of its encoder.
 */
export function jobKey(bytes, recipe, model) {
  const hash = createHash('sha256').update(bytes).update(runKey(recipe, model));
  return hash.digest('hex').slice(0, 40);
}

/**
 * The id of a job in the queue: what its result depends on, and where that goes. Two pictures of the same
 * bytes have results of their own.
 *
 * @param {string} key Of {@link jobKey}.
 * @param {string} sink
 * @param {string} name Of the picture.
 */
export function jobId(key, sink, name) {
  return createHash('sha256')
    .update(JSON.stringify([key, sink, name]))
    .digest('hex');
}

/**
 * What all results of a run depend on.
 *
 * @param {Recipe} recipe
 * @param {string} model
 */
export function runKey(recipe, model) {
  return createHash('sha256').update(canonical({ recipe, model })).digest('hex');
}

/**
 * JSON in which the order of keys does not matter.
 *
 * @param {unknown} value
 * @returns {string}
 */
function canonical(value) {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join()}}`;
}
