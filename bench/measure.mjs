// Runs in Node and, served as it is, in the browser.
import { createMatmulModel, MATMUL_INPUT, MATMUL_MACS } from './matmul-model.mjs';
import { summarize } from './statistics.mjs';

/** @typedef {import('@facemorph/core').Backend} Backend */
/** @typedef {import('@facemorph/core').BackendOpenOptions} OpenOptions */
/** @typedef {import('./statistics.mjs').Summary} Summary */
/** @typedef {Summary & { macs: number, gflops: number, share: number }} Work */
/** @typedef {{ gemm: Work, decode: Work, encode: Work }} Measurement */

/** Rounds before the first that counts, and the share of the time that they may take. */
const WARM_UPS = { least: 2, most: 6, share: 0.3 };
/** Decodes between two encodes: they are short and their p95 matters most. */
const DECODES = 4;
const SIDE = 128;

/**
 * Times one face through decoder and encoder and, in between, products of matrices: what slows the
 * machine down for a while slows down all three. Time is that of `run()` as the library calls it,
 * with copies in and out and, in the browser, the way to the Worker.
 *
 * @param {Backend} backend
 * @param {{ encoder: Uint8Array, decoder: Uint8Array, macs: { encoder: number, decoder: number }, latentSize: number, seconds: number }} options
 * @returns {Promise<Measurement>}
 */
export async function measure(backend, { encoder, decoder, macs, latentSize, seconds }) {
  /** @type {import('@facemorph/core').Session[]} */
  const sessions = [];
  const open = async (/** @type {string} */ name, /** @type {Uint8Array} */ model) => {
    const session = await backend.open(model, { name });
    sessions.push(session);
    return session;
  };
  const [gemm, decode, encode] = [
    await open('matmul', createMatmulModel()),
    await open('decoder', decoder),
    await open('encoder', encoder),
  ];
  const works = {
    gemm: () => gemm.run({ [MATMUL_INPUT.name]: floats(MATMUL_INPUT.dims) }),
    decode: () => decode.run({ latent: floats([1, latentSize]) }),
    encode: () => encode.run({ image: noise([1, SIDE, SIDE, 4]) }),
  };
  /** @type {Record<keyof typeof works, number[]>} */
  const times = { gemm: [], decode: [], encode: [] };
  const once = async (/** @type {keyof typeof works} */ name) => {
    const start = performance.now();
    await works[name]();
    times[name].push(performance.now() - start);
  };
  /** @type {(keyof typeof works)[]} */
  const round = ['gemm', ...Array(DECODES).fill('decode'), 'encode'];
  const warm = performance.now() + seconds * 1000 * WARM_UPS.share;
  for (let i = 0; i < WARM_UPS.most; i++) {
    if (i >= WARM_UPS.least && performance.now() > warm) break;
    for (const name of round) await once(name);
  }
  for (const list of Object.values(times)) list.length = 0;
  for (const end = performance.now() + seconds * 1000; performance.now() < end; ) {
    for (const name of round) await once(name);
  }
  for (const session of sessions) await session.dispose();
  const peak = speed(MATMUL_MACS, times.gemm);
  return {
    gemm: work(MATMUL_MACS, times.gemm, peak),
    decode: work(macs.decoder, times.decode, peak),
    encode: work(macs.encoder, times.encode, peak),
  };
}

/**
 * @param {number} macs
 * @param {number[]} times
 * @param {number} peak
 * @returns {Work}
 */
function work(macs, times, peak) {
  const gflops = speed(macs, times);
  return { ...summarize(times), macs, gflops, share: gflops / peak };
}

/**
 * GFLOP/s (2 a multiply-add) at the median.
 *
 * @param {number} macs
 * @param {number[]} times
 * @returns {number}
 */
function speed(macs, times) {
  return (2 * macs) / summarize(times).median / 1e6;
}

/** @param {number[]} dims @returns {import('@facemorph/core').Tensor} */
function floats(dims) {
  const length = dims.reduce((a, b) => a * b);
  return { type: 'float32', dims, data: Float32Array.from({ length }, (_, i) => Math.sin(i)) };
}

/** @param {number[]} dims @returns {import('@facemorph/core').Tensor} */
function noise(dims) {
  const length = dims.reduce((a, b) => a * b);
  return { type: 'uint8', dims, data: Uint8Array.from({ length }, (_, i) => (i * 37) & 255) };
}
