import { bytesOf, integersOf, readMessage, textsOf } from './protobuf.mjs';

/** @typedef {import('./protobuf.mjs').Message} Message */
/** @typedef {{ dims: number[], integers: number[], floats: number[] }} Constant */

/** What makes weights of what is stored. */
const restoring = new Set(['Cast', 'Mul', 'Reshape', 'MatMul', 'Transpose']);

/**
 * Multiply-adds of one run of a convolutional ONNX model with a batch of 1: its convolutions and Gemm nodes.
 * Follows the side of the (square) feature maps through the graph. A transposed convolution counts as what it stands
 * for, a convolution of the doubled picture, as is usual for algorithms that need fewer: shares of the peak then compare.
 *
 * @param {Uint8Array} model
 * @returns {number}
 */
export function countMacs(model) {
  const graph = readMessage(/** @type {Uint8Array} */ (bytesOf(readMessage(model), 7)[0]));
  const constants = new Map(bytesOf(graph, 5).map((bytes) => readConstant(readMessage(bytes))));
  /** @type {Map<string, number>} */
  const sides = new Map();
  let macs = 0;
  for (const node of bytesOf(graph, 1).map(readMessage)) {
    const [[input = '', parameter = '', scales = ''], [output = ''], [operator = '']] = [
      textsOf(node, 1),
      textsOf(node, 2),
      textsOf(node, 4),
    ];
    const constant = constants.get(parameter);
    const weights = product(constant?.dims ?? []);
    let side = sides.get(input);
    if (constants.has(input) && restoring.has(operator)) {
      constants.set(output, /** @type {Constant} */ (constants.get(input)));
    } else if (operator === 'Reshape') {
      side = constant?.integers.length === 4 ? constant.integers[2] : side;
    } else if (operator === 'Resize') {
      side = Number(side) * Number(constants.get(scales)?.floats[2]);
    } else if (operator === 'Conv') {
      side = convolvedSide(Number(side), node);
      macs += weights * side ** 2;
    } else if (operator === 'ConvTranspose') {
      side = 2 * Number(side);
      macs += weights * side ** 2;
    } else if (operator === 'Gemm') {
      macs += weights;
    }
    if (side !== undefined) sides.set(output, side);
  }
  if (macs > 0) return macs;
  throw new Error('The multiply-adds of this model cannot be counted');
}

/**
 * @param {number} side
 * @param {Message} node
 * @returns {number}
 */
function convolvedSide(side, node) {
  const attributes = new Map(
    bytesOf(node, 5)
      .map(readMessage)
      .map((attribute) => [textsOf(attribute, 1)[0], integersOf(attribute, 8)]),
  );
  const [kernel = 1] = attributes.get('kernel_shape') ?? [];
  const [stride = 1] = attributes.get('strides') ?? [];
  const [before = 0, , after = 0] = attributes.get('pads') ?? [];
  return Math.floor((side + before + after - kernel) / stride) + 1;
}

/**
 * @param {Message} tensor
 * @returns {[name: string, Constant]}
 */
function readConstant(tensor) {
  const dims = integersOf(tensor, 1);
  const raw = Uint8Array.from(bytesOf(tensor, 9)[0] ?? []);
  const small = product(dims) <= 8;
  const [type] = integersOf(tensor, 2);
  const integers = small && type === 7 ? [...new BigInt64Array(raw.buffer)].map(Number) : [];
  const floats = small && type === 1 ? [...new Float32Array(raw.buffer)] : [];
  return [textsOf(tensor, 8)[0] ?? '', { dims, integers, floats }];
}

/** @param {number[]} factors @returns {number} */
function product(factors) {
  return factors.reduce((total, factor) => total * factor, 1);
}
