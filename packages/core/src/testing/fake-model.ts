import type { AttributeSet } from '../attributes/types.js';
import { writeAttributes } from '../attributes/write.js';
import type { ModelFile, ModelManifest, ModelSource } from '../model/manifest-types.js';
import { createFakeAttributes } from './fake-attributes.js';
import { FAKE_IMAGE_SIZE, FAKE_LATENT_SIZE } from './fake-backend.js';

/** Options of {@link createFakeModel}. */
export interface FakeModelOptions {
  /** @defaultValue `createFakeAttributes()` */
  readonly attributes?: AttributeSet;
}

/**
 * The toy model of {@link createFakeBackend} as a model source: a manifest with true sizes and
 * hashes, files as `data:` URLs. Needs no network and no disk:
 * `FaceMorph.load({ model: await createFakeModel(), backend: createFakeBackend() })`.
 */
export async function createFakeModel(options: FakeModelOptions = {}): Promise<ModelSource> {
  const attributes = JSON.stringify(writeAttributes(options.attributes ?? createFakeAttributes()));
  const contents = { encoder: 'fake encoder', decoder: 'fake decoder', attributes };
  const [encoder, decoder, attributeFile] = await Promise.all([
    describe('encoder.onnx', contents.encoder),
    describe('decoder.onnx', contents.decoder),
    describe('attributes.json', contents.attributes),
  ]);
  const manifest: ModelManifest = {
    format: 'facemorph-model',
    version: 1,
    id: 'fake',
    license: 'MIT',
    image: { width: FAKE_IMAGE_SIZE, height: FAKE_IMAGE_SIZE },
    latent: { size: FAKE_LATENT_SIZE },
    template: [
      [48, 58],
      [80, 58],
      [64, 80.02],
      [49.66, 91.52],
      [78.34, 91.52],
    ],
    files: { encoder, decoder, attributes: attributeFile },
  };
  return {
    manifest,
    files: {
      encoder: dataUrl(contents.encoder),
      decoder: dataUrl(contents.decoder),
      attributes: dataUrl(contents.attributes),
    },
  };
}

async function describe(path: string, text: string): Promise<ModelFile> {
  const bytes = new TextEncoder().encode(text);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { path, bytes: bytes.length, sha256 };
}

/** Only for ASCII text. */
function dataUrl(text: string): URL {
  return new URL(`data:application/octet-stream;base64,${btoa(text)}`);
}
