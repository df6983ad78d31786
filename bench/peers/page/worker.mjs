// All candidates in one thread, one after the other, round by round: what slows the machine down for
// a while slows down all of them.
import * as ort from 'onnxruntime-web/wasm';
import { createMatmulModel, MATMUL_INPUT } from '../../matmul-model.mjs';
import { createDcganModel } from '../dcgan-model.mjs';
import { DCGAN, PROJECT } from '../shapes.mjs';
import { residualDecoder, startTfjs, transposedDecoder } from './tfjs.mjs';

/** @typedef {{ rounds: number, warmUps: number, latent: number, widths: number[] }} Task */
/** @typedef {Record<string, number[]>} Times Milliseconds of each run, by candidate. */

const decoder = new URL(
  '../../../packages/models/weights/facemorph-128/decoder.onnx',
  import.meta.url,
);
const decoderInt8 = new URL(
  '../../../packages/models/weights/facemorph-128/decoder-int8.onnx',
  import.meta.url,
);

globalThis.onmessage = async (/** @type {MessageEvent<Task>} */ { data }) => {
  try {
    globalThis.postMessage(await run(data));
  } catch (error) {
    globalThis.postMessage({ error: String(error instanceof Error ? error.stack : error) });
  }
};

/**
 * @param {Task} task
 * @returns {Promise<Times>}
 */
async function run({ rounds, warmUps, latent, widths }) {
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  await startTfjs();
  /** @type {Record<string, () => Promise<unknown>>} */
  const candidates = {
    gemm: await onnx(createMatmulModel(), MATMUL_INPUT.name, MATMUL_INPUT.dims),
    'ort-int8': await onnx(await read(decoderInt8), 'latent', [1, latent]),
    'ort-float': await onnx(await read(decoder), 'latent', [1, latent]),
    'tfjs-same': residualDecoder(latent, widths),
    'tfjs-project': transposedDecoder(PROJECT),
    'ort-dcgan': await onnx(createDcganModel(), 'latent', [1, DCGAN.latent]),
    'tfjs-dcgan': transposedDecoder(DCGAN),
  };
  /** @type {Times} */
  const times = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  for (let round = -warmUps; round < rounds; round++) {
    for (const [name, candidate] of Object.entries(candidates)) {
      const start = performance.now();
      await candidate();
      if (round >= 0) times[name]?.push(performance.now() - start);
    }
  }
  return times;
}

/**
 * @param {Uint8Array} model
 * @param {string} input
 * @param {number[]} dims
 */
async function onnx(model, input, dims) {
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
  const data = Float32Array.from({ length: dims.reduce((a, b) => a * b) }, (_, i) => Math.sin(i));
  return async () => {
    const outputs = await session.run({ [input]: new ort.Tensor('float32', data, dims) });
    return Object.values(outputs)[0]?.data;
  };
}

/** @param {URL} url */
async function read(url) {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}
