import { decodeVector } from '../attributes/base64.js';
import { FaceMorphError } from '../errors.js';
import type { LoadedModel } from '../model/load-model.js';
import type { TaskOptions } from '../progress.js';
import type { Session } from './backend.js';

/** The largest difference that rounding may cause, in steps of 8 bits. */
const TOLERANCE = 3;

/** One latent and its picture, as the training framework decodes it with the weights as stored. */
interface GoldenVector {
  readonly latent: Float32Array;
  readonly image: Uint8Array;
}

/**
 * Decodes the model's golden latents and compares the pictures: graphics drivers may compile a
 * graph and yet compute something else.
 * @throws {FaceMorphError} `BACKEND_UNAVAILABLE` when a picture is off by more than 3/255, or when
 * the model has no golden latents.
 */
export async function assertGoldenPictures(
  decoder: Session,
  model: LoadedModel,
  options: TaskOptions = {},
): Promise<void> {
  if (!model.has('parity')) throw unproven('the model has no golden latents to test it with');
  const vectors = parseGoldenVectors(await model.file('parity', options));
  for (const [index, { latent, image }] of vectors.entries()) {
    const outputs = await decoder.run(
      { latent: { type: 'float32', dims: [1, latent.length], data: latent } },
      { signal: options.signal },
    );
    const difference = largestDifference(outputs.image?.data, image);
    if (difference > TOLERANCE) {
      throw unproven(`golden latent ${index} decodes with a difference of ${difference}/255`);
    }
  }
}

function parseGoldenVectors(bytes: Uint8Array): GoldenVector[] {
  try {
    const file = JSON.parse(new TextDecoder().decode(bytes)) as {
      vectors: { latent: string; image: string }[];
    };
    if (file.vectors.length === 0) throw new Error('no vectors');
    return file.vectors.map(({ latent, image }) => ({
      latent: decodeVector(latent, 'float32') as Float32Array,
      image: Uint8Array.from(atob(image), (char) => char.charCodeAt(0)),
    }));
  } catch (cause) {
    throw new FaceMorphError('MODEL_INTEGRITY', 'The golden latents cannot be read', {
      hint: 'Export the model again.',
      cause,
    });
  }
}

/** 255 when the sizes differ. */
function largestDifference(actual: ArrayLike<number> | undefined, expected: Uint8Array): number {
  if (actual?.length !== expected.length) return 255;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs((actual[i] as number) - (expected[i] as number)));
  }
  return largest;
}

function unproven(reason: string): FaceMorphError {
  return new FaceMorphError('BACKEND_UNAVAILABLE', `The self-test failed: ${reason}`, {
    hint: "Use backend: 'auto'.",
  });
}
