// Decoders in TensorFlow.js, with its fused operators where it has them. Weights are random:
// they make no difference to the time.
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { SIDE, SLOPE } from '../shapes.mjs';

/** @typedef {import('@tensorflow/tfjs').Tensor} Tensor */
/** @typedef {{ filter: Tensor, bias: Tensor }} Layer */

/** The wasm backend with SIMD and one thread. */
export async function startTfjs() {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const { href: url } = new URL(
    '../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
    import.meta.url,
  );
  // It wants an address for each build, though it loads only one.
  setWasmPaths({
    'tfjs-backend-wasm.wasm': url,
    'tfjs-backend-wasm-simd.wasm': url,
    'tfjs-backend-wasm-threaded-simd.wasm': url,
  });
  await tf.setBackend('wasm');
  await tf.ready();
}

/**
 * The decoder that ships, layer by layer.
 *
 * @param {number} size Of the latent.
 * @param {number[]} widths At 8, 16, 32 and 64 px.
 * @returns {() => Promise<Uint8ClampedArray>}
 */
export function residualDecoder(size, widths) {
  const [first = 0] = widths;
  const stem = layer([size, first * SIDE * SIDE]);
  const blocks = widths.map((width) => [layer([3, 3, width, width]), layer([3, 3, width, width])]);
  const ups = widths.slice(1).map((width, i) => layer([1, 1, widths[i] ?? 0, width]));
  const head = layer([3, 3, widths.at(-1) ?? 0, 12]);
  const z = tf.randomNormal([1, size]);
  return picture(() => {
    let x = leaky(tf.add(tf.matMul(z, /** @type {any} */ (stem.filter)), stem.bias));
    x = x.reshape([1, SIDE, SIDE, first]);
    for (const [i, block] of blocks.entries()) {
      const up = ups[i - 1];
      if (up) {
        const grown = convolve(x, up, 'leakyrelu');
        const side = SIDE << i;
        x = tf.image.resizeNearestNeighbor(/** @type {any} */ (grown), [side, side]);
      }
      const [one, two] = /** @type {[Layer, Layer]} */ (block);
      x = leaky(tf.add(x, convolve(convolve(x, one, 'leakyrelu'), two, 'linear')));
    }
    return tf.depthToSpace(/** @type {any} */ (convolve(x, head, 'linear')), 2, 'NHWC');
  });
}

/**
 * A decoder as peers ship it.
 *
 * @param {import('../shapes.mjs').Transposed} shape
 * @returns {() => Promise<Uint8ClampedArray>}
 */
export function transposedDecoder({ latent, side, kernel, widths, normalised }) {
  const [first = 0] = widths;
  const dense = layer([latent, first * side * side]);
  const grow = widths.slice(1).map((width, i) => layer([kernel, kernel, width, widths[i] ?? 0]));
  const norms = widths.slice(1).map((width) => [tf.ones([width]), tf.zeros([width])]);
  const z = tf.randomNormal([1, latent]);
  return picture(() => {
    let x = leaky(tf.add(tf.matMul(z, /** @type {any} */ (dense.filter)), dense.bias));
    x = x.reshape([1, side, side, first]);
    for (const [i, { filter }] of grow.entries()) {
      const size = (2 * side) << i;
      const shape = /** @type {[number, number, number, number]} */ ([
        1,
        size,
        size,
        filter.shape[2],
      ]);
      x = tf.conv2dTranspose(/** @type {any} */ (x), /** @type {any} */ (filter), shape, 2, 'same');
      if (i === grow.length - 1) continue;
      const [scale, offset] = /** @type {[Tensor, Tensor]} */ (norms[i]);
      x = leaky(normalised ? tf.add(tf.mul(x, scale), offset) : x);
    }
    return x;
  });
}

/**
 * Runs a graph to bytes on the side of JavaScript, as a page needs them.
 *
 * @param {() => Tensor} draw
 * @returns {() => Promise<Uint8ClampedArray>}
 */
function picture(draw) {
  return async () => {
    const bytes = tf.tidy(() => tf.clipByValue(draw().mul(127.5).add(128), 0, 255));
    const data = Uint8ClampedArray.from(bytes.dataSync());
    bytes.dispose();
    return data;
  };
}

/** @param {number[]} shape @returns {Layer} */
function layer(shape) {
  const outputs = shape.length === 4 ? (shape[3] ?? 0) : (shape[1] ?? 0);
  return { filter: tf.randomNormal(shape, 0, 0.05), bias: tf.zeros([outputs]) };
}

/**
 * @param {Tensor} x
 * @param {Layer} layer
 * @param {'leakyrelu' | 'linear'} activation
 * @returns {Tensor}
 */
function convolve(x, { filter, bias }, activation) {
  return tf.fused.conv2d(
    /** @type {any} */ ({
      x,
      filter,
      bias,
      strides: 1,
      pad: 'same',
      activation,
      leakyreluAlpha: SLOPE,
    }),
  );
}

/** @param {Tensor} x @returns {Tensor} */
function leaky(x) {
  return tf.leakyRelu(x, SLOPE);
}
