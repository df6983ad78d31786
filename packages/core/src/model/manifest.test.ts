import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FaceMorphError } from '../errors.js';
import { parseManifest } from './manifest.js';

const hash = 'a'.repeat(64);
const valid = {
  format: 'facemorph-model',
  version: 1,
  id: 'test',
  license: 'MIT',
  image: { width: 128, height: 128 },
  latent: { size: 192 },
  template: [
    [48, 58],
    [80, 58],
    [64, 80],
    [50, 92],
    [78, 92],
  ],
  files: {
    encoder: { path: 'encoder.onnx', bytes: 10, sha256: hash, precision: 'fp16' },
    decoder: { path: 'sub/decoder.onnx', bytes: 10, sha256: hash },
    attributes: { path: 'attributes.json', bytes: 10, sha256: hash },
  },
};

/** `valid` with one field replaced; `undefined` removes it. */
function withField(path: string, value: unknown): unknown {
  const copy = structuredClone(valid) as unknown as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce((object, key) => object[key] as Record<string, unknown>, copy);
  parent[last] = value;
  return copy;
}

test('keeps what it knows and leaves out the rest', () => {
  const more = withField('files.future', { anything: true }) as object;
  expect(parseManifest({ ...more, trained: { kl: 3 } }, 'manifest.json')).toEqual(valid);
});

describe('names the field that is wrong', () => {
  test.each([
    ['format', 'x'],
    ['version', 2],
    ['id', ''],
    ['license', 5],
    ['image', null],
    ['image.width', 0],
    ['image.height', 1.5],
    ['latent.size', Number.NaN],
    ['template', [[1, 2]]],
    ['files', []],
    ['files.encoder', undefined],
    ['files.decoder.bytes', -1],
    ['files.decoder.bytes', 2 ** 40],
    ['files.decoder.sha256', 'A'.repeat(64)],
    ['files.decoder.precision', 'fp8'],
    ['files.decoder.path', '../decoder.onnx'],
    ['files.decoder.path', '/etc/passwd'],
    ['files.decoder.path', 'https://example.org/x'],
    ['files.decoder.path', 'a\\..\\b'],
    ['files.decoder.path', 'a/%2e%2e/b'],
    ['files.decoder.path', 'a//b'],
  ])('%s = %j', (field, value) => {
    expect(() => parseManifest(withField(field, value), 'manifest.json')).toThrow(
      expect.objectContaining({
        code: 'MANIFEST_INVALID',
        details: expect.objectContaining({ field }),
      }),
    );
  });

  test('a point of the template', () => {
    const value = withField('template', [...valid.template.slice(0, 4), [1, 500]]);
    expect(() => parseManifest(value, 'm')).toThrow('template[4]');
  });
});

test('never fails with anything else, whatever it is given', () => {
  const parse = (value: unknown): unknown => {
    try {
      return parseManifest(value, 'm');
    } catch (error) {
      expect(error).toBeInstanceOf(FaceMorphError);
      return undefined;
    }
  };
  fc.assert(fc.property(fc.anything(), (value) => void parse(value)));
  const fields = [...Object.keys(valid), 'files.encoder', 'files.encoder.path', 'image.width'];
  fc.assert(
    fc.property(fc.constantFrom(...fields), fc.anything(), (field, value) => {
      parse(withField(field, value));
    }),
  );
});
