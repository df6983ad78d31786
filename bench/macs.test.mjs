import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countMacs } from './macs.mjs';
import { field, integersOf, join, readMessage } from './protobuf.mjs';

const model = new URL('../packages/models/weights/facemorph-128/', import.meta.url);

describe('countMacs', () => {
  it('agrees with the training code on the shipped decoder', () => {
    const { training } = JSON.parse(readFileSync(new URL('manifest.json', model), 'utf8'));
    const macs = countMacs(readFileSync(new URL('decoder.onnx', model)));
    // The graph also computes alpha, which the training code does not count.
    const width = training.model.decoder.at(-1);
    expect((macs - 9 * width * 4 * 64 * 64) / 1e6).toBeCloseTo(training.decoderMmac, 1);
  });

  it('counts a convolution by the size of what comes out', () => {
    const weights = [3, 16, 3, 3].map((size) => field(1, size));
    const shape = BigInt64Array.from([-1n, 16n, 64n, 64n]);
    const constants = [
      field(5, [...weights, field(2, 1), field(8, 'w')]),
      field(5, [field(1, 4), field(2, 7), field(8, 's'), field(9, new Uint8Array(shape.buffer))]),
    ];
    const strides = field(5, [field(1, 'strides'), field(8, 2), field(8, 2)]);
    const kernel = field(5, [field(1, 'kernel_shape'), field(8, 3), field(8, 3)]);
    const pads = field(5, [field(1, 'pads'), ...[1, 1, 1, 1].map((pad) => field(8, pad))]);
    const nodes = [
      field(1, [field(1, 'x'), field(1, 's'), field(2, 'y'), field(4, 'Reshape')]),
      field(1, [
        ...[field(1, 'y'), field(1, 'w'), field(2, 'z'), field(4, 'Conv')],
        ...[strides, kernel, pads],
      ]),
    ];
    expect(countMacs(field(7, [...nodes, ...constants]))).toBe(3 * 16 * 9 * 32 * 32);
  });
});

describe('protobuf', () => {
  it('reads integers, packed or not', () => {
    const single = readMessage(join([field(8, 3), field(8, 300)]));
    const packed = readMessage(field(8, Uint8Array.from([3, 0xac, 0x02])));
    expect(integersOf(single, 8)).toEqual([3, 300]);
    expect(integersOf(packed, 8)).toEqual([3, 300]);
  });
});
