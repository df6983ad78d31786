import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFakeAttributes } from '../testing/fake-attributes.js';
import { decodeVector, encodeVector } from './base64.js';
import { findAttribute, resolveKeep, resolveStrengths, scoreOf } from './edits.js';
import { decodeFloat16, encodeFloat16 } from './float16.js';
import { mergeAttributes } from './merge.js';
import { parseAttributes } from './parse.js';
import { editDistance, suggestName } from './suggest.js';
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

describe('float16', () => {
  it('is the identity on all halves that are numbers', () => {
    for (let half = 0; half < 0x10000; half++) {
      const value = decodeFloat16(half);
      if (!Number.isNaN(value)) expect(encodeFloat16(value)).toBe(half);
    }
  });

  it('rounds to the nearest', () => {
    fc.assert(
      fc.property(fc.float({ min: -65504, max: 65504, noNaN: true }), (value) => {
        const half = encodeFloat16(value);
        const error = Math.abs(decodeFloat16(half) - value);
        for (const other of [half - 1, half + 1]) {
          const neighbour = decodeFloat16(other & 0xffff);
          if (Number.isFinite(neighbour)) {
            expect(Math.abs(neighbour - value)).toBeGreaterThanOrEqual(error);
          }
        }
      }),
    );
  });

  it.each([
    [1 + 2 ** -11, 1],
    [1 + 3 * 2 ** -11, 1 + 2 ** -9],
    [2047.5 / 1024, 2],
    [65519, 65504],
    [65520, Number.POSITIVE_INFINITY],
    [2 ** -25, 0],
    [2 ** -25 + 2 ** -30, 2 ** -24],
  ])('takes %s to %s: ties go to even', (value, expected) => {
    expect(decodeFloat16(encodeFloat16(value))).toBe(expected);
  });

  it('survives base64', () => {
    const values = Float32Array.of(0, 1, -2.5, 65504, 2 ** -24);
    expect(decodeVector(encodeVector(values, 'float16'), 'float16')).toEqual(values);
    expect(decodeVector('AAA=', 'float32')).toBeUndefined();
  });
});

describe('mergeAttributes', () => {
  const renamed = (name: string, label: string) => ({
    ...set,
    attributes: [{ ...set.attributes[0]!, name, label }],
  });

  it('adds at the end and replaces by name', () => {
    const merged = mergeAttributes(set, renamed('mine', 'Mine'), renamed('male', 'Other'));
    expect(merged.attributes.map(({ name }) => name)).toEqual([
      ...set.attributes.map(({ name }) => name),
      'mine',
    ]);
    expect(merged.attributes.find(({ name }) => name === 'male')!.label).toBe('Other');
  });

  it('refuses attributes of another model', () => {
    const other = createFakeAttributes({ sha256: 'b'.repeat(64) });
    expect(() => mergeAttributes(set, other)).toThrow(
      expect.objectContaining({ code: 'MODEL_MISMATCH' }),
    );
  });
});

describe('edits', () => {
  const face = set.latent.mean;

  it.each([
    ['smilling', 'smiling'],
    ['simling', 'smiling'],
    ['Blond Hair', 'blond_hair'],
    ['blondHair', 'blond_hair'],
    ['glasses', 'eyeglasses'],
    ['moustache', 'mustache'],
    ['smile', 'smiling'],
  ])('asks whether %s should be %s', (typed, meant) => {
    expect(() => findAttribute(set, typed)).toThrow(
      expect.objectContaining({ code: 'ATTRIBUTE_UNKNOWN', hint: `Did you mean "${meant}"?` }),
    );
  });

  it('lists what there is when nothing is near', () => {
    expect(
      suggestName(
        'xylophone',
        set.attributes.map(({ name }) => name),
      ),
    ).toBeUndefined();
    expect(() => findAttribute(set, 'xylophone')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('smiling, high_cheekbones') }),
    );
    expect(() => findAttribute(set, '__proto__')).toThrow(/Unknown attribute/);
  });

  it('counts letters to change, a swap once', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('abcd', 'acbd')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '2', null, undefined, [2]])(
    'refuses %s as a strength, naming it',
    (value) => {
      const edits = { smiling: value as number };
      expect(() => resolveStrengths(set, edits, face)).toThrow(
        /^Expected a finite number for strength "smiling" but received/,
      );
      const values = { smiling: { value: value as number } };
      expect(() => resolveStrengths(set, values, face)).toThrow(
        /^Expected a finite number for value "smiling" but received/,
      );
    },
  );

  it('says NaN as NaN', () => {
    expect(() => resolveStrengths(set, { smiling: Number.NaN }, face)).toThrow(
      'Expected a finite number for strength "smiling" but received NaN',
    );
  });

  it('allows twice the range and no more', () => {
    expect(resolveStrengths(set, { smiling: 6 }, face)).toEqual({ smiling: 6 });
    expect(() => resolveStrengths(set, { smiling: -6.01 }, face)).toThrow(
      expect.objectContaining({
        code: 'ARGUMENT_INVALID',
        hint: expect.stringContaining('-3 to 3'),
      }),
    );
    expect(() => resolveStrengths(set, { smiling: { value: 99 } }, face)).toThrow(/-6 to 6/);
  });

  it('turns values into strengths for the face, and leaves zero strengths out', () => {
    const score = scoreOf(findAttribute(set, 'smiling'), face);
    const resolved = resolveStrengths(set, { smiling: { value: 1 }, male: 0 }, face);
    expect(resolved).toEqual({ smiling: 1 - score });
    expect(resolveStrengths(set, { smiling: { value: score } }, face)).toEqual({ smiling: 0 });
  });

  it('refuses what is not an object of edits', () => {
    for (const bad of [null, 'smiling', ['smiling']]) {
      expect(() => resolveStrengths(set, bad as never, face)).toThrow(/object of strengths/);
    }
  });

  it('checks locks', () => {
    expect(resolveKeep(set, ['male', 'male'], {})).toEqual(['male']);
    expect(resolveKeep(set, undefined, {})).toEqual([]);
    expect(() => resolveKeep(set, ['mal'], {})).toThrow(/Unknown attribute "mal"/);
    expect(() => resolveKeep(set, ['male'], { male: 1 })).toThrow(/attributes that are not edited/);
    expect(() => resolveKeep(set, 'male' as never, {})).toThrow(
      /array of attribute names for keep/,
    );
  });
});
