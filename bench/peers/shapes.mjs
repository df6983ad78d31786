// The shapes that both runtimes build.

/** Side of our decoder's first map, px. */
export const SIDE = 8;
export const SLOPE = 0.2;

/** A decoder as projects like TensorflowJsProject ship it: 4x4, doubled by each next width. */
export const DCGAN_LATENT = 400;
export const DCGAN_WIDTHS = [512, 256, 128, 64, 32, 3];

/** Multiply-adds of one decode of it. */
export const DCGAN_MACS = DCGAN_WIDTHS.slice(1).reduce(
  (sum, width, i) => sum + (4 << i) ** 2 * 25 * width * (DCGAN_WIDTHS[i] ?? 0),
  DCGAN_LATENT * 16 * (DCGAN_WIDTHS[0] ?? 0),
);
