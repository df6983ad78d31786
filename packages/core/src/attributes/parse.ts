import { FieldReader, type FileKind, parseJson } from '../field-reader.js';
import { dot } from '../latent/latent.js';
import { choleskyWithJitter } from '../latent/matrix.js';
import { decodeVector, type Precision } from './base64.js';
import {
  ATTRIBUTE_GROUPS,
  type Attribute,
  type AttributeEvidence,
  type AttributeSet,
  type Typicality,
} from './types.js';

/** The `format` of an attribute file. */
export const ATTRIBUTE_FORMAT = 'facemorph-attributes';
/** The `version` of the attribute format that this release reads and writes. */
export const ATTRIBUTE_VERSION = 1;
/** What an attribute name looks like. */
export const ATTRIBUTE_NAME: RegExp = /^[a-z0-9_]{1,64}$/;
/** The largest latent size that is read. */
export const MAX_LATENT_SIZE = 1024;

const KIND: FileKind = {
  name: 'attribute file',
  code: 'ATTRIBUTES_INVALID',
  hint: 'See docs/attribute-format.md for what the field holds.',
};

/**
 * Reads an attribute file: checks every field and decodes its vectors.
 *
 * @param input - The parsed JSON, its text, or its bytes in UTF-8.
 * @throws {FaceMorphError} `ATTRIBUTES_INVALID`; the message and `details.field` name the field.
 */
export function parseAttributes(input: unknown): AttributeSet {
  const file = new FieldReader(parseJson(input, KIND), KIND);
  file.literal('format', ATTRIBUTE_FORMAT);
  readVersion(file);
  const precision = file.oneOf('precision', ['float32', 'float16'] as const);
  const model = file.object('model');
  const id = model.text('id');
  const sha256 = model.match('sha256', /^[0-9a-f]{64}$/, '64 lower-case hexadecimal digits');
  const latent = file.object('latent');
  const size = latent.integer('size', 1, MAX_LATENT_SIZE);
  const mean = readVector(latent, 'mean', size, precision);
  const covariance = readCovariance(latent, size, precision);
  const attributes = file.list('attributes').map((item) => readAttribute(item, size, precision));
  assertUniqueNames(attributes, file);
  const typicality = latent.has('typicality') ? readTypicality(latent.object('typicality')) : {};
  return {
    model: { id, sha256 },
    latent: { size, mean, covariance, ...typicality },
    attributes,
  };
}

function readTypicality(typicality: FieldReader): { typicality: Typicality } {
  const [mean, deviation] = [typicality.number('mean'), typicality.number('deviation')];
  if (deviation > 0) return { typicality: { mean, deviation } };
  throw typicality.invalid('deviation', 'a number above 0', deviation);
}

function readVersion(file: FieldReader): void {
  const version = file.integer('version', 1, Number.MAX_SAFE_INTEGER);
  if (version === ATTRIBUTE_VERSION) return;
  throw file.invalid('version', String(ATTRIBUTE_VERSION), version, 'Update FaceMorph to read it.');
}

function readAttribute(item: FieldReader, size: number, precision: Precision): Attribute {
  const name = item.match('name', ATTRIBUTE_NAME, '1 to 64 of a-z, 0-9 and _');
  const label = item.text('label');
  const group = item.oneOf('group', ATTRIBUTE_GROUPS);
  const probe = item.object('probe');
  const weights = readVector(probe, 'weights', size, precision);
  const bias = probe.number('bias');
  const direction = readVector(item, 'direction', size, precision);
  const moved = dot(weights, direction);
  if (Math.abs(moved - 1) > 0.05) {
    throw item.invalid('direction', 'a vector that raises the probe score by 1', moved);
  }
  const range = readRange(item);
  const method = item.text('method');
  const related = item.optionalNames('related', ATTRIBUTE_NAME);
  if (related.includes(name)) throw item.invalid('related', 'names of other attributes', name);
  const evidence = readEvidence(item);
  return {
    name,
    label,
    group,
    probe: { weights, bias },
    direction,
    range,
    method,
    related,
    evidence,
  };
}

function readRange(item: FieldReader): readonly [number, number] {
  const range = item.numbers('range', 2);
  const [low, high] = [range[0]!, range[1]!];
  if (low <= 0 && high >= 0 && low < high) return [low, high];
  throw item.invalid('range', '[low, high] with low <= 0 <= high and low < high', range);
}

function readEvidence(item: FieldReader): AttributeEvidence {
  if (!item.has('evidence')) return {};
  const evidence = item.object('evidence');
  const share = (field: string): number | undefined =>
    evidence.has(field) ? evidence.number(field) : undefined;
  const [auroc, correlation] = [share('auroc'), share('correlation')];
  const [success, identity] = [share('success'), share('identity')];
  const also = evidence.has('also') ? evidence.object('also').numberEntries() : undefined;
  return {
    ...(auroc === undefined ? {} : { auroc }),
    ...(correlation === undefined ? {} : { correlation }),
    ...(success === undefined ? {} : { success }),
    ...(identity === undefined ? {} : { identity }),
    ...(also === undefined ? {} : { also }),
  };
}

function readVector(
  parent: FieldReader,
  field: string,
  length: number,
  precision: Precision,
): Float32Array {
  const vector = decodeVector(parent.string(field), precision);
  const expected = `base64 of ${length} little-endian ${precision} numbers`;
  if (!vector) throw parent.invalid(field, expected, 'something else');
  if (vector.length !== length) throw parent.invalid(field, expected, `${vector.length} numbers`);
  const bad = vector.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw parent.invalid(`${field}[${bad}]`, 'a finite number', vector[bad]);
  return vector;
}

function readCovariance(latent: FieldReader, size: number, precision: Precision): Float32Array {
  const covariance = readVector(latent, 'covariance', size * size, precision);
  const tolerance = precision === 'float32' ? 1e-5 : 1e-2;
  for (let row = 0; row < size; row++) {
    const variance = covariance[row * size + row]!;
    if (variance < 0) {
      throw latent.invalid(`covariance[${row}][${row}]`, 'a variance of at least 0', variance);
    }
    for (let column = 0; column < row; column++) {
      const [a, b] = [covariance[row * size + column]!, covariance[column * size + row]!];
      if (Math.abs(a - b) <= tolerance * (1 + Math.abs(a))) continue;
      throw latent.invalid(`covariance[${row}][${column}]`, `a symmetric matrix (${b})`, a);
    }
  }
  if (!choleskyWithJitter(Float64Array.from(covariance), size)) {
    throw latent.invalid('covariance', 'a positive semi-definite matrix', 'another');
  }
  return covariance;
}

function assertUniqueNames(attributes: readonly Attribute[], file: FieldReader): void {
  const seen = new Set<string>();
  for (const [index, { name }] of attributes.entries()) {
    if (seen.has(name)) throw file.invalid(`attributes[${index}].name`, 'a unique name', name);
    seen.add(name);
  }
}
