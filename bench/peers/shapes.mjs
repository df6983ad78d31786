// The shapes that both runtimes build.

/** Side of our decoder's first map, px. */
export const SIDE = 8;
export const SLOPE = 0.2;

/**
 * A decoder of a dense layer and transposed convolutions of stride 2.
 *
 * @typedef {object} Transposed
 * @property {number} latent
 * @property {number} side Of the first map, px; each next width is drawn twice as large.
 * @property {number} kernel
 * @property {number[]} widths
 * @property {boolean} normalised Whether a scale and an offset follow each convolution but the last.
 */

/** What jellyho/TensorflowJsProject ships, by its model.json: 1.74 million weights. @type {Transposed} */
export const PROJECT = {
  latent: 400,
  side: 8,
  kernel: 3,
  widths: [64, 64, 64, 32, 3],
  normalised: true,
};

/** As DCGAN (Radford et al. 2015) draws 128 px, from the same latent. @type {Transposed} */
export const DCGAN = {
  latent: 400,
  side: 4,
  kernel: 5,
  widths: [512, 256, 128, 64, 32, 3],
  normalised: false,
};

/**
 * Multiply-adds of one decode.
 *
 * @param {Transposed} shape
 */
export function transposedMacs({ latent, side, kernel, widths }) {
  const [first = 0] = widths;
  return widths
    .slice(1)
    .reduce(
      (sum, width, i) => sum + (side << i) ** 2 * kernel ** 2 * width * (widths[i] ?? 0),
      latent * side ** 2 * first,
    );
}
