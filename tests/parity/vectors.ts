import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** The folder of the shipped model. */
export const modelFolder: string = fileURLToPath(
  new URL('../../packages/models/weights/facemorph-128', import.meta.url),
);

/** What torch gave for one face. */
export interface Vector {
  readonly latent: Float32Array;
  /** Raw RGBA, decoded with the weights as they are stored. */
  readonly image: Uint8Array;
  /** The latent that torch encodes `image` to. */
  readonly encoded: Float32Array;
}

/** The vectors that were exported with the model; fails when they are of another one. */
export function readVectors(): Vector[] {
  const file = JSON.parse(readFileSync(join(modelFolder, 'parity.json'), 'utf8'));
  const encoder = readFileSync(join(modelFolder, 'encoder.onnx'));
  expect(file).toMatchObject({
    format: 'facemorph-parity',
    version: 2,
    model: { sha256: createHash('sha256').update(encoder).digest('hex') },
  });
  const vectors = file.vectors as Record<keyof Vector, string>[];
  return vectors.map(({ latent, image, encoded }) => ({
    latent: floats(latent),
    image: bytes(image),
    encoded: floats(encoded),
  }));
}

/** What a runtime made of a vector. */
export interface Result {
  readonly decoded: Uint8Array;
  readonly encoded: Float32Array;
}

/**
 * Expects a runtime to agree with torch on the same weights: pictures within 1/255, latents within
 * 1 % of the spread of faces.
 */
export function expectParity(vectors: readonly Vector[], results: readonly Result[]): void {
  expect(results.length).toBe(vectors.length);
  for (const [index, { decoded, encoded }] of results.entries()) {
    const vector = vectors[index] as Vector;
    expect(largestDifference(decoded, vector.image)).toBeLessThanOrEqual(1);
    expect(largestDifference(encoded, vector.encoded)).toBeLessThan(0.01);
  }
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    largest = Math.max(largest, Math.abs((a[i] as number) - (b[i] as number)));
  }
  return largest;
}

function bytes(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

function floats(base64: string): Float32Array {
  return new Float32Array(bytes(base64).buffer);
}
