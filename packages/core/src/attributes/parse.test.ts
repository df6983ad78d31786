import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFakeAttributes } from '../testing/fake-attributes.js';
import { encodeVector } from './base64.js';
import { parseAttributes } from './parse.js';
import { ATTRIBUTE_GROUPS } from './types.js';
import { writeAttributes } from './write.js';

const set = createFakeAttributes();
const vector = (...values: number[]): string => encodeVector(Float32Array.from(values), 'float32');

/** A small valid file, as plain JSON. */
const validFile = () => ({
  format: 'facemorph-attributes',
  version: 1,
  precision: 'float32',
  model: { id: 'm', sha256: 'a'.repeat(64) },
  latent: { size: 2, mean: vector(0, 0), covariance: vector(1, 0.5, 0.5, 1) },
  attributes: [
    {
      name: 'smiling',
      label: 'Smile',
      group: 'expression',
      probe: { weights: vector(1, 0), bias: 0.5 },
      direction: vector(1, 0.5),
      range: [-3, 3],
      method: 'joint',
      related: ['mouth_open'],
      evidence: { auroc: 0.9, also: { male: -0.1 } },
    },
  ],
});

/** The file with one field replaced (`undefined` removes it); `path` as in the error message. */
function withField(path: string, value: unknown): unknown {
  const file = validFile() as unknown as Record<string, unknown>;
  const keys = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce((node, key) => node[key] as Record<string, unknown>, file);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return JSON.parse(JSON.stringify(file));
}

const schema = new Ajv2020({ strict: true, strictTypes: false }).compile(
  JSON.parse(readFileSync(new URL('../../attributes.schema.json', import.meta.url), 'utf8')),
);

const accepts = (file: unknown): boolean => {
  try {
    parseAttributes(file);
    return true;
  } catch {
    return false;
  }
};

describe('parseAttributes', () => {
  it('reads object, text and bytes alike', () => {
    const file = validFile();
    const parsed = parseAttributes(file);
    expect(parsed.attributes[0]).toMatchObject({
      name: 'smiling',
      probe: { weights: Float32Array.of(1, 0), bias: 0.5 },
      direction: Float32Array.of(1, 0.5),
      related: ['mouth_open'],
      evidence: { auroc: 0.9, also: { male: -0.1 } },
    });
    expect(parseAttributes(JSON.stringify(file))).toEqual(parsed);
    expect(parseAttributes(new TextEncoder().encode(JSON.stringify(file)))).toEqual(parsed);
  });

  /** What the schema refuses too. */
  const structural: [path: string, value: unknown][] = [
    ['format', 'facemorph-model'],
    ['version', 2],
    ['version', '1'],
    ['precision', 'float64'],
    ['model', undefined],
    ['model.id', ''],
    ['model.sha256', 'A'.repeat(64)],
    ['latent.size', 0],
    ['latent.size', 1.5],
    ['latent.mean', 5],
    ['latent.covariance', undefined],
    ['attributes', {}],
    ['attributes[0]', 'smiling'],
    ['attributes[0].name', 'Smiling!'],
    ['attributes[0].label', undefined],
    ['attributes[0].group', 'mood'],
    ['attributes[0].probe', null],
    ['attributes[0].probe.bias', '0'],
    ['attributes[0].direction', undefined],
    ['attributes[0].range', [-3]],
    ['attributes[0].range', [1, 3]],
    ['attributes[0].method', 7],
    ['attributes[0].related', 'mouth_open'],
    ['attributes[0].related[0]', 5],
    ['attributes[0].evidence', []],
    ['attributes[0].evidence.auroc', 'high'],
    ['attributes[0].evidence.also.male', '0.1'],
  ];
  it.each(structural)('names %s when it is %j, and the schema refuses it too', (path, value) => {
    const file = withField(path, value);
    expect(() => parseAttributes(file)).toThrow(
      expect.objectContaining({ code: 'ATTRIBUTES_INVALID', details: { field: path } }),
    );
    expect(schema(file)).toBe(false);
  });

  it.each([
    ['latent.mean', 'no base64!'],
    ['latent.mean', vector(0)],
    ['latent.covariance', vector(1, 0, 0)],
    ['latent.covariance[1][0]', vector(1, 0.5, 0.2, 1), 'latent.covariance'],
    ['latent.covariance[0][0]', vector(-1, 0, 0, 1), 'latent.covariance'],
    ['latent.covariance', vector(1, 3, 3, 1)],
    ['latent.mean[1]', vector(0, Number.NaN), 'latent.mean'],
    ['attributes[0].direction', vector(2, 0)],
    ['attributes[0].range', [0, 0]],
    ['attributes[0].related', ['smiling']],
  ])('names %s for what no schema can say', (field, value, path = field) => {
    expect(() => parseAttributes(withField(path as string, value))).toThrow(
      expect.objectContaining({ code: 'ATTRIBUTES_INVALID', details: { field } }),
    );
  });

  it('refuses two attributes of one name', () => {
    const file = validFile();
    expect(() =>
      parseAttributes({ ...file, attributes: [...file.attributes, ...file.attributes] }),
    ).toThrow(/unique name for attributes\[1\].name but received "smiling"/);
  });

  it.each(['', '{', '<!doctype html>', '[]', 'null', '"x"', '5'])(
    'refuses %j as a whole',
    (text) => {
      expect(() => parseAttributes(text)).toThrow(
        expect.objectContaining({ code: 'ATTRIBUTES_INVALID' }),
      );
    },
  );

  it('ignores fields that it does not know, as a later minor format may add them', () => {
    expect(accepts({ ...validFile(), comment: 'hello' })).toBe(true);
  });
});

describe('the JSON Schema', () => {
  it('accepts what is written, in both precisions', () => {
    for (const precision of ['float32', 'float16'] as const) {
      const file = JSON.parse(JSON.stringify(writeAttributes(set, { precision })));
      expect(schema(file), JSON.stringify(schema.errors)).toBe(true);
    }
  });

  it('accepts every file that the validator accepts', () => {
    const paths = [
      'format',
      'version',
      'precision',
      'model.id',
      'model.sha256',
      'latent.size',
      'latent.mean',
      'attributes',
      'attributes[0].name',
      'attributes[0].label',
      'attributes[0].group',
      'attributes[0].probe',
      'attributes[0].probe.bias',
      'attributes[0].range',
      'attributes[0].range[0]',
      'attributes[0].method',
      'attributes[0].related',
      'attributes[0].evidence',
      'attributes[0].evidence.also',
      'attributes[0].evidence.success',
    ];
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.constant(undefined),
      fc.constantFrom(...ATTRIBUTE_GROUPS),
    );
    fc.assert(
      fc.property(fc.constantFrom(...paths), anything, (path, value) => {
        const file = withField(path, value);
        if (accepts(file)) expect(schema(file), `${path}: ${JSON.stringify(value)}`).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('lists the groups that the types list', () => {
    for (const group of ATTRIBUTE_GROUPS) {
      expect(schema(withField('attributes[0].group', group))).toBe(true);
    }
  });
});

describe('writeAttributes', () => {
  it('is read back equal in float32, and to 11 bits in float16', () => {
    expect(parseAttributes(JSON.stringify(writeAttributes(set)))).toEqual(set);
    const half = parseAttributes(JSON.stringify(writeAttributes(set, { precision: 'float16' })));
    for (const [i, value] of set.latent.covariance.entries()) {
      const tolerance = Math.max(Math.abs(value) * 2 ** -11, 2 ** -25);
      expect(Math.abs(half.latent.covariance[i]! - value)).toBeLessThanOrEqual(tolerance);
    }
  });
});
