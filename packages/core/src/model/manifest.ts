import { FaceMorphError } from '../errors.js';
import type { ModelFile, ModelManifest, ModelRole } from './manifest-types.js';

const ROLES: readonly ModelRole[] = [
  'encoder',
  'decoder',
  'attributes',
  'decoder-large',
  'decoder-int8',
  'parity',
  'locator',
  'landmarker',
];
const REQUIRED: readonly ModelRole[] = ['encoder', 'decoder', 'attributes'];
const PRECISIONS = ['fp32', 'fp16', 'int8'] as const;
/** Larger than any file that a tab could hold; a slip of the pen, not a model. */
const MAX_FILE_BYTES = 1 << 30;
const MAX_SIDE = 4096;
const MAX_LATENT = 65_536;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Validates the content of a `manifest.json`. Unknown fields and roles are left out, so that a later
 * manifest of the same version still loads.
 * @param origin Where it comes from, for the message.
 * @throws {FaceMorphError} `MANIFEST_INVALID` naming the field.
 */
export function parseManifest(value: unknown, origin: string): ModelManifest {
  const fail = (field: string, expected: string): FaceMorphError =>
    new FaceMorphError('MANIFEST_INVALID', `Expected ${expected} for "${field}" in ${origin}`, {
      hint: 'Use a manifest.json written by this version of FaceMorph.',
      details: { field, origin },
    });
  const object = (v: unknown, field: string): Fields => {
    if (typeof v === 'object' && v !== null && !Array.isArray(v)) return v as Fields;
    throw fail(field, 'an object');
  };
  const text = (v: unknown, field: string): string => {
    if (typeof v === 'string' && v.length > 0 && v.length <= 1000) return v;
    throw fail(field, 'a non-empty string');
  };
  const integer = (v: unknown, field: string, max: number): number => {
    if (Number.isInteger(v) && (v as number) >= 1 && (v as number) <= max) return v as number;
    throw fail(field, `a whole number from 1 to ${max}`);
  };

  const root = object(value, 'manifest');
  if (root.format !== 'facemorph-model') throw fail('format', '"facemorph-model"');
  if (root.version !== 1) throw fail('version', 'version 1');

  const file = (v: unknown, field: string): ModelFile => {
    const f = object(v, field);
    const path = text(f.path, `${field}.path`);
    if (!isRelativePath(path)) throw fail(`${field}.path`, 'a relative path without ".."');
    const sha256 = text(f.sha256, `${field}.sha256`);
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw fail(`${field}.sha256`, '64 lower-case hex digits');
    const bytes = integer(f.bytes, `${field}.bytes`, MAX_FILE_BYTES);
    if (f.precision === undefined) return { path, bytes, sha256 };
    const precision = PRECISIONS.find((known) => known === f.precision);
    if (!precision) throw fail(`${field}.precision`, `one of ${PRECISIONS.join(', ')}`);
    return { path, bytes, sha256, precision };
  };

  const image = object(root.image, 'image');
  const size = {
    width: integer(image.width, 'image.width', MAX_SIDE),
    height: integer(image.height, 'image.height', MAX_SIDE),
  };
  const latent = object(root.latent, 'latent');
  const given = object(root.files, 'files');
  const files: Partial<Record<ModelRole, ModelFile>> = {};
  for (const role of ROLES) {
    if (given[role] === undefined) {
      if (REQUIRED.includes(role)) throw fail(`files.${role}`, 'a file');
      continue;
    }
    files[role] = file(given[role], `files.${role}`);
  }

  return {
    format: 'facemorph-model',
    version: 1,
    id: text(root.id, 'id'),
    license: text(root.license, 'license'),
    image: size,
    latent: { size: integer(latent.size, 'latent.size', MAX_LATENT) },
    template: parseTemplate(root.template, size, fail),
    files: files as ModelManifest['files'],
  };
}

function parseTemplate(
  value: unknown,
  size: { width: number; height: number },
  fail: (field: string, expected: string) => FaceMorphError,
): ModelManifest['template'] {
  if (!Array.isArray(value) || value.length !== 5) throw fail('template', 'five points');
  return value.map((point: unknown, i) => {
    const [x, y] = Array.isArray(point) && point.length === 2 ? (point as unknown[]) : [];
    const inside = (v: unknown, max: number): v is number =>
      typeof v === 'number' && v >= 0 && v <= max;
    if (inside(x, size.width) && inside(y, size.height)) return [x, y] as const;
    throw fail(`template[${i}]`, `a point [x, y] within ${size.width}x${size.height}`);
  });
}

/** No scheme, no host, no way out of the manifest's folder. */
function isRelativePath(path: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:/i.test(path) || /^[/\\]/.test(path) || /[\\?#%]/.test(path))
    return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
