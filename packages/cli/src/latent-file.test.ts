import { FaceMorphError, type ModelManifest } from '@facemorph/core';
import { createFakeModel } from '@facemorph/core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type LatentFile, looksLikeJson, readLatent, writeLatent } from './latent-file.js';

let manifest: ModelManifest;
let file: LatentFile;
const latent = Float32Array.from({ length: 192 }, (_, i) => Math.sin(i));

beforeAll(async () => {
  manifest = (await createFakeModel()).manifest as ModelManifest;
  file = writeLatent(latent, manifest);
});

describe('a latent file', () => {
  it('gives back every bit', () => {
    expect(readLatent(JSON.stringify(file), manifest)).toEqual(latent);
  });

  it.each([
    ['not JSON', () => '{', 'LATENT_INVALID'],
    ['not an object', () => 'null', 'LATENT_INVALID'],
    ['another format', () => ({ ...file, format: 'x' }), 'LATENT_INVALID'],
    ['another version', () => ({ ...file, version: 2 }), 'LATENT_INVALID'],
    ['no model', () => ({ ...file, model: null }), 'LATENT_INVALID'],
    ['another model', () => ({ ...file, model: { id: 'x', sha256: 'y' } }), 'MODEL_MISMATCH'],
    [
      'a model without a name',
      () => ({ ...file, model: { id: {}, sha256: 'y' } }),
      'LATENT_INVALID',
    ],
    ['too few numbers', () => ({ ...file, latent: file.latent.slice(0, 8) }), 'LATENT_INVALID'],
    ['no numbers', () => ({ ...file, latent: 3 }), 'LATENT_INVALID'],
    [
      'numbers that are not finite',
      () =>
        writeLatent(
          latent.map(() => Number.NaN),
          manifest,
        ),
      'LATENT_INVALID',
    ],
  ])('is refused: %s', (_, make, code) => {
    const content = make();
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    expect(() => readLatent(text, manifest)).toThrow(FaceMorphError);
    expect(() => readLatent(text, manifest)).toThrow(expect.objectContaining({ code }));
  });

  it('is told from a picture', () => {
    expect(looksLikeJson(Buffer.from(' \n{ "format"'))).toBe(true);
    expect(looksLikeJson(Buffer.from([0x89, 0x50, 0x4e, 0x47]))).toBe(false);
  });
});
