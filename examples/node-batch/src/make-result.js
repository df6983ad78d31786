/** @typedef {import('./recipe.js').Recipe} Recipe */
/** @typedef {import('@facemorph/core/node').Pool} Pool */

/** Milliseconds that one picture may take. */
const TIMEOUT = 60_000;
/** Codes of what will not be better next time. */
const HOPELESS = /^(IMAGE_|NO_FACE$|ARGUMENT_INVALID$|ATTRIBUTE_UNKNOWN$)/;

/**
 * Whether it is of no use to try again: the picture is at fault, or the recipe, and not the machine.
 *
 * @param {unknown} error
 */
export function isHopeless(error) {
  return HOPELESS.test(/** @type {{ code?: string }} */ (error).code ?? '');
}

/**
 * What a recipe makes of a picture: the bytes of a file. The same in, the same out.
 *
 * @param {Pool} pool
 * @param {Uint8Array} bytes
 * @param {Recipe} recipe
 * @returns {Promise<Uint8Array>}
 */
export async function makeResult(pool, bytes, recipe) {
  const { aligned } = recipe;
  if (recipe.do === 'encode') {
    const { latent, scores, width, height } = await pool.encode(bytes, {
      ...(aligned ? { aligned } : {}),
      timeout: TIMEOUT,
    });
    const model = pool.manifest.files.encoder.sha256;
    return Buffer.from(JSON.stringify({ model, width, height, scores, latent: [...latent] }));
  }
  const { picture } = await pool.edit(bytes, recipe.edits ?? {}, {
    ...(aligned ? { aligned } : {}),
    keep: recipe.keep,
    mode: recipe.mode,
    file: { type: `image/${recipe.format ?? 'jpeg'}` },
    timeout: TIMEOUT,
  });
  return picture;
}
