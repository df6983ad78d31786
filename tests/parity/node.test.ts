import { FaceMorph } from '@facemorph/core';
import { describe, expect, it } from 'vitest';
import { expectParity, modelFolder, type Result, readVectors, type Vector } from './vectors.js';

const SIDE = 128;

async function runVectors(
  backend: 'onnxruntime-node' | 'wasm',
  vectors: readonly Vector[],
): Promise<Result[]> {
  const fm = await FaceMorph.load({ model: modelFolder, backend });
  try {
    expect(fm.backend).toBe(backend);
    const results: Result[] = [];
    for (const { latent, image } of vectors) {
      const pixels = { width: SIDE, height: SIDE, data: new Uint8ClampedArray(image) };
      const decoded = new Uint8Array((await fm.decode(latent)).data);
      results.push({ decoded, encoded: await fm.encode(pixels) });
    }
    return results;
  } finally {
    await fm.dispose();
  }
}

describe('the shipped model gives what torch gives', () => {
  const vectors = readVectors();

  it.each(['onnxruntime-node', 'wasm'] as const)('on %s', async (backend) => {
    expect(vectors.length).toBeGreaterThanOrEqual(4);
    expectParity(vectors, await runVectors(backend, vectors));
  });

  it('in a batch as one by one', async () => {
    const fm = await FaceMorph.load({ model: modelFolder });
    const together = await fm.decodeAll(vectors.map(({ latent }) => latent));
    const results = together.map(({ data }, index) => ({
      decoded: new Uint8Array(data),
      encoded: (vectors[index] as Vector).encoded,
    }));
    expectParity(vectors, results);
    await fm.dispose();
  });
});
