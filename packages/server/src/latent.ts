import { FaceMorphError } from '@facemorph/core/node';

/** A latent as it crosses HTTP: little-endian float32 in base64. */
export function writeLatent(latent: Float32Array): string {
  const bytes = Buffer.alloc(latent.length * 4);
  for (const [index, value] of latent.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString('base64');
}

/** @throws {FaceMorphError} `LATENT_INVALID` */
export function readLatent(text: string, size: number): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  const latent =
    bytes.length === size * 4
      ? Float32Array.from({ length: size }, (_, index) => bytes.readFloatLE(index * 4))
      : undefined;
  if (latent?.every(Number.isFinite)) return latent;
  throw new FaceMorphError(
    'LATENT_INVALID',
    `Expected ${size} finite float32 numbers in base64 for a latent`,
    { hint: 'Take it from an answer of /v1/encode, /v1/edit or /v1/sample.' },
  );
}
