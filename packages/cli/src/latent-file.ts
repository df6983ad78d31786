import { FaceMorphError, type Latent, type ModelManifest } from '@facemorph/core';

/** `face.json`: one face as the numbers that a model encoded it to. */
export interface LatentFile {
  readonly format: 'facemorph-latent';
  readonly version: 1;
  /** Only this model can decode it; `sha256` is that of its encoder. */
  readonly model: { readonly id: string; readonly sha256: string };
  /** Little-endian float32 in base64. */
  readonly latent: string;
}

/** The file of a latent. */
export function writeLatent(latent: Latent, manifest: ModelManifest): LatentFile {
  const bytes = Buffer.alloc(latent.length * 4);
  for (const [index, value] of latent.entries()) bytes.writeFloatLE(value, index * 4);
  return {
    format: 'facemorph-latent',
    version: 1,
    model: { id: manifest.id, sha256: manifest.files.encoder.sha256 },
    latent: bytes.toString('base64'),
  };
}

/**
 * Reads and checks a latent file.
 * @throws {FaceMorphError} `LATENT_INVALID`, `MODEL_MISMATCH`
 */
export function readLatent(text: string, manifest: ModelManifest): Latent {
  const file = parse(text);
  if (file.format !== 'facemorph-latent') throw invalid('Expected "facemorph-latent" for format');
  if (file.version !== 1) throw invalid('Expected 1 for version');
  checkModel(file.model, manifest);
  const { size } = manifest.latent;
  const bytes = typeof file.latent === 'string' ? Buffer.from(file.latent, 'base64') : undefined;
  if (bytes?.length !== size * 4) {
    throw invalid(`Expected ${size} float32 numbers in base64 for latent`);
  }
  const latent = Float32Array.from({ length: size }, (_, index) => bytes.readFloatLE(index * 4));
  if (latent.every(Number.isFinite)) return latent;
  throw invalid('Expected finite numbers for latent');
}

/** Whether bytes from stdin are JSON rather than a picture. */
export function looksLikeJson(bytes: Uint8Array): boolean {
  return /^\s*\{/.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'));
}

function parse(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid('The latent file is not JSON', cause);
  }
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  throw invalid('Expected an object');
}

function checkModel(value: unknown, manifest: ModelManifest): void {
  const model = (value ?? {}) as Record<string, unknown>;
  if (typeof model.sha256 !== 'string') throw invalid('Expected a string for model.sha256');
  if (typeof model.id !== 'string') throw invalid('Expected a string for model.id');
  const { sha256 } = manifest.files.encoder;
  if (model.sha256 === sha256) return;
  throw new FaceMorphError(
    'MODEL_MISMATCH',
    `The latent belongs to model "${model.id}" (${model.sha256.slice(0, 12)}), not to "${manifest.id}" (${sha256.slice(0, 12)})`,
    { hint: 'Encode the photo again, or give that model with --model.' },
  );
}

function invalid(message: string, cause?: unknown): FaceMorphError {
  return new FaceMorphError('LATENT_INVALID', message, {
    hint: 'Latent files are written by "facemorph encode".',
    ...(cause === undefined ? {} : { cause }),
  });
}
