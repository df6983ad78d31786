import { FaceMorph, type LoadOptions } from '@facemorph/core';
import { describeFailure, type Failure } from './failure.js';

/** How a backend does on this machine. */
export interface BackendProbe {
  readonly backend: 'onnxruntime-node' | 'wasm';
  /** Median milliseconds for one face, and those to load the model. */
  readonly timings?: Readonly<Record<'load' | 'encode' | 'decode', number>>;
  readonly model?: { readonly id: string; readonly sha256: string; readonly attributes: number };
  readonly error?: Failure;
}

const RUNS = 9;

/** Loads the model on a backend and times an encode and a decode. Fails only when aborted. */
export async function probeBackend(
  backend: BackendProbe['backend'],
  options: LoadOptions,
): Promise<BackendProbe> {
  const start = performance.now();
  try {
    const fm = await FaceMorph.load({ ...options, backend });
    const load = performance.now() - start;
    try {
      const { mean } = fm.attributes.latent;
      const face = await fm.decode(mean);
      const decode = await medianTime(() => fm.decode(mean));
      const encode = await medianTime(() => fm.encode(face));
      const { id, files } = fm.manifest;
      const attributes = fm.attributes.attributes.length;
      const timings = { load: tenth(load), encode: tenth(encode), decode: tenth(decode) };
      return { backend, timings, model: { id, sha256: files.encoder.sha256, attributes } };
    } finally {
      await fm.dispose();
    }
  } catch (error) {
    const failure = describeFailure(error);
    if (failure.code === 'ABORTED') throw error;
    return { backend, error: failure };
  }
}

async function medianTime(work: () => Promise<unknown>): Promise<number> {
  await work();
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] as number;
}

function tenth(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
