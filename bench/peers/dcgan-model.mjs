import { field, join } from '../protobuf.mjs';
import { DCGAN, SLOPE } from './shapes.mjs';

const [FLOAT, INT64] = [1, 7];
const [INT, INTS, FLOATS_ONE] = [2, 7, 1];

/**
 * The decoder of {@link DCGAN} as an ONNX file: `latent` float32 `[1, 400]` -> `image` float32
 * `[1, 3, 128, 128]`. Weights are not trained: they make no difference to the time.
 *
 * @returns {Uint8Array}
 */
export function createDcganModel() {
  const { latent, widths } = DCGAN;
  const [first = 0] = widths;
  const nodes = [
    node('MatMul', ['latent', 'dense'], 'm'),
    node('LeakyRelu', ['m'], 'l', [float('alpha', SLOPE)]),
    node('Reshape', ['l', 'shape'], 'x0'),
  ];
  const constants = [floats('dense', [latent, first * 16]), int64s('shape', [1, first, 4, 4])];
  const last = widths.length - 2;
  for (const [i, width] of widths.slice(1).entries()) {
    constants.push(floats(`w${i}`, [widths[i] ?? 0, width, 5, 5]));
    const output = i === last ? 'image' : `c${i}`;
    nodes.push(
      node('ConvTranspose', [`x${i}`, `w${i}`], output, [
        ints('kernel_shape', [5, 5]),
        ints('strides', [2, 2]),
        ints('pads', [2, 2, 2, 2]),
        ints('output_padding', [1, 1]),
      ]),
    );
    if (i < last) nodes.push(node('LeakyRelu', [output], `x${i + 1}`, [float('alpha', SLOPE)]));
  }
  const graph = [
    ...nodes,
    field(2, 'dcgan'),
    ...constants,
    field(11, tensorInfo('latent', [1, latent])),
    field(12, tensorInfo('image', [1, 3, 128, 128])),
  ];
  return join([field(1, 8), field(7, graph), field(8, [field(1, ''), field(2, 17)])]);
}

/**
 * @param {string} operator
 * @param {string[]} inputs
 * @param {string} output
 * @param {Uint8Array[]} [attributes]
 */
function node(operator, inputs, output, attributes = []) {
  const names = inputs.map((name) => field(1, name));
  return field(1, [...names, field(2, output), field(4, operator), ...attributes]);
}

/** @param {string} name @param {number[]} values */
function ints(name, values) {
  return field(5, [field(1, name), ...values.map((value) => field(8, value)), field(20, INTS)]);
}

/** @param {string} name @param {number} value */
function float(name, value) {
  // A fixed 32-bit field, which `field` does not write: tag (2 << 3 | 5), then the bytes.
  const bytes = new Uint8Array(Float32Array.of(value).buffer);
  const fixed = join([Uint8Array.of((INT << 3) | 5), bytes]);
  return field(5, [field(1, name), fixed, field(20, FLOATS_ONE)]);
}

/** @param {string} name @param {number[]} dims */
function floats(name, dims) {
  const length = dims.reduce((a, b) => a * b);
  const values = Float32Array.from({ length }, (_, i) => Math.sin(i) * 0.05);
  return constant(name, dims, FLOAT, new Uint8Array(values.buffer));
}

/** @param {string} name @param {number[]} values */
function int64s(name, values) {
  const big = BigInt64Array.from(values, BigInt);
  return constant(name, [values.length], INT64, new Uint8Array(big.buffer));
}

/**
 * @param {string} name
 * @param {number[]} dims
 * @param {number} type
 * @param {Uint8Array} raw
 */
function constant(name, dims, type, raw) {
  const sizes = dims.map((size) => field(1, size));
  return field(5, [...sizes, field(2, type), field(8, name), field(9, raw)]);
}

/**
 * @param {string} name
 * @param {number[]} dims
 * @returns {Uint8Array[]}
 */
function tensorInfo(name, dims) {
  const shape = field(
    2,
    dims.map((size) => field(1, [field(1, size)])),
  );
  return [field(1, name), field(2, [field(1, [field(1, FLOAT), shape])])];
}
