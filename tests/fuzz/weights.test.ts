import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadModel } from '../../packages/core/src/model/load-model.js';
import { readUrl } from '../../packages/core/src/model/read-url.js';
import type { Tensor } from '../../packages/core/src/runtime/backend.js';
import { createNodeBackend } from '../../packages/core/src/runtime/node.js';
import { CONTRACT_MODEL } from '../../packages/core/src/testing/contract-model.js';
import { fuzz } from './harness.js';
import { type Mutant, mutants } from './mutate.js';

const folder = new URL('../../packages/models/weights/facemorph-128/', import.meta.url);
const manifest = readFileSync(new URL('manifest.json', folder));
/** The smallest of the shipped networks. */
const network = readFileSync(new URL('landmarker.onnx', folder));
const seeds = [{ name: 'landmarker', bytes: network }];

test('weights of another hash are never handed out, nor kept', async () => {
  let kept = 0;
  const cache = { get: async () => undefined, put: async () => void kept++ };
  const row = await fuzz<Mutant>({
    name: 'weights (wrong hash)',
    inputs: mutants(seeds),
    runs: 300,
    share: 0.2,
    parse: async ({ bytes }) => {
      const fetch = async (url: unknown): Promise<Response> =>
        new Response(String(url).endsWith('.json') ? manifest : bytes);
      const platform = { read: readUrl, defaultCache: () => undefined };
      const url = new URL('https://host.test/models/one/');
      const model = await loadModel(url, platform, { fetch, cache });
      const file = await model.file('landmarker');
      if (!network.equals(file)) throw new Error('A file of another hash was handed out');
    },
  });
  expect(kept).toBe(row.values);
  expect(row.refused.MODEL_INTEGRITY).toBeGreaterThan(row.tried * 0.5);
});

describe('graphs whose hash is right, from an author who means harm', () => {
  const toy = { name: 'toy', bytes: Buffer.from(CONTRACT_MODEL, 'base64') };
  const latent: Tensor = { type: 'float32', dims: [1, 4], data: new Float32Array(4) };

  test.each([
    { name: 'onnxruntime-node', runs: 80, share: 0.3 },
    { name: 'wasm', runs: 40, share: 0.1 },
  ] as const)('$name', async ({ name, runs, share }) => {
    const backend = await createNodeBackend({ backend: name });
    const row = await fuzz<Mutant>({
      name: `ONNX graph (${name})`,
      inputs: mutants([toy, ...seeds]),
      runs,
      share,
      parse: async ({ bytes }) => {
        const session = await backend.open(bytes, { name: 'decoder' });
        try {
          await session.run({ latent });
        } finally {
          await session.dispose();
        }
      },
    });
    await backend.dispose();
    expect(row.refused.INFERENCE_FAILED).toBeGreaterThan(0);
  });
});
