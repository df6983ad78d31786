/** Which decoder draws the frames of live editors. Loaded when the first of them has shown a frame. */
import type { Pixels } from '../image/pixels.js';
import type { Latent } from '../latent/latent.js';
import type { TaskOptions } from '../progress.js';

/** Draws a latent; the picture belongs to the caller. */
export type Decode = (latent: Latent, options?: TaskOptions) => Promise<Pixels>;

/** Two decoders of one model. */
export interface Decoders {
  /** In float: what stills are drawn with. */
  readonly exact: Decode;
  /** In int8. */
  readonly fast: Decode;
}

/** Times that each is tried, after one run that opens it and warms it up. */
const TRIALS = 4;
/** The share of the exact decoder's time that the fast one may take at most, to be worth its rounding. */
const WORTH = 0.9;

/**
 * Whether the fast decoder is the faster one here, by trial: that depends on the processor. The least
 * times count, since what else a machine does only ever adds to them. Warms both up on the way.
 *
 * @param now - A clock in ms.
 */
export async function isFaster(
  decoders: Decoders,
  latent: Latent,
  now: () => number = () => performance.now(),
): Promise<boolean> {
  const least = { exact: Number.POSITIVE_INFINITY, fast: Number.POSITIVE_INFINITY };
  for (let trial = 0; trial <= TRIALS; trial++) {
    for (const name of ['exact', 'fast'] as const) {
      const start = now();
      await decoders[name](latent);
      if (trial > 0) least[name] = Math.min(least[name], now() - start);
    }
  }
  return least.fast <= WORTH * least.exact;
}

/**
 * Draws with the fast decoder and takes away what it gets wrong at `base`, the face that is edited.
 * So a frame without edits is the exact picture, and frames near it are close to theirs.
 */
export async function anchored({ exact, fast }: Decoders, base: Latent): Promise<Decode> {
  const wrong = difference(await exact(base), await fast(base));
  return async (latent, options) => {
    const pixels = await fast(latent, options);
    const { data } = pixels;
    // Uint8ClampedArray clips.
    for (let i = 0; i < data.length; i++) data[i] = (data[i] as number) + (wrong[i] as number);
    return pixels;
  };
}

/** For each byte, from -255 to 255. */
function difference(exact: Pixels, fast: Pixels): Int16Array {
  return Int16Array.from(exact.data, (value, i) => value - (fast.data[i] as number));
}
