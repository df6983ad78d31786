import { field, join } from './protobuf.mjs';

/** Matrices are SIDE x SIDE; this many products follow one another in a run. */
const SIDE = 512;
const PRODUCTS = 4;

/** Multiply-adds of a run of {@link createMatmulModel}. */
export const MATMUL_MACS = PRODUCTS * SIDE ** 3;

/** What a run takes: few numbers, so that copying them costs nothing. */
export const MATMUL_INPUT = { name: 'x', dims: [SIDE, 1] };

const [FLOAT, INTS] = [1, 7];

/**
 * An ONNX model that does little but multiply matrices: x is spread to a matrix, multiplied by a
 * constant one four times, and its mean comes out. What it reaches is the machine's GEMM peak on
 * the runtime that runs it.
 *
 * @returns {Uint8Array}
 */
export function createMatmulModel() {
  const nodes = [node('Add', ['x', 'w'], 'a0')];
  for (let i = 0; i < PRODUCTS; i++) nodes.push(node('MatMul', [`a${i}`, 'w'], `a${i + 1}`));
  const axes = [field(1, 'axes'), field(8, 0), field(8, 1), field(20, INTS)];
  nodes.push(node('ReduceMean', [`a${PRODUCTS}`], 'mean', field(5, axes)));
  const graph = [
    ...nodes,
    field(2, 'matmul'),
    field(5, weights()),
    field(11, tensorInfo('x', MATMUL_INPUT.dims)),
    field(12, tensorInfo('mean', [1, 1])),
  ];
  return join([field(1, 8), field(7, graph), field(8, [field(1, ''), field(2, 17)])]);
}

/**
 * @param {string} operator
 * @param {string[]} inputs
 * @param {string} output
 * @param {Uint8Array} [attribute]
 * @returns {Uint8Array}
 */
function node(operator, inputs, output, attribute) {
  return field(1, [
    ...inputs.map((name) => field(1, name)),
    field(2, output),
    field(4, operator),
    ...(attribute ? [attribute] : []),
  ]);
}

/** A matrix whose powers neither grow nor vanish. @returns {Uint8Array[]} */
function weights() {
  const values = Float32Array.from({ length: SIDE * SIDE }, (_, i) => (1 + Math.sin(i)) / SIDE);
  return [
    field(1, SIDE),
    field(1, SIDE),
    field(2, FLOAT),
    field(8, 'w'),
    field(9, new Uint8Array(values.buffer)),
  ];
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
