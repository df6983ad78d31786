import { decodeVector } from '../attributes/base64.js';
import { ATTRIBUTE_NAME } from '../attributes/parse.js';
import { FaceMorphError } from '../errors.js';
import { FieldReader, type FileKind, parseJson } from '../field-reader.js';
import type { Landmarks } from '../photo/landmarks.js';
import {
  EDIT_MODES,
  type FacePlace,
  type Recipe,
  type RecipeEdit,
  type RecipeStep,
} from './types.js';

/** The `version` of the recipe format that this release writes. */
export const RECIPE_VERSION = 1;

/** Brings a file of one version to the next. */
export type Migration = (file: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** By the version they read. There is only one version yet. */
const MIGRATIONS: Readonly<Record<number, Migration>> = {};

const KIND: FileKind = {
  name: 'recipe',
  code: 'RECIPE_INVALID',
  hint: 'See docs/recipe-format.md for what the field holds.',
};
const MAX_SIDE = 1e6;

/**
 * Reads a recipe: checks every field and brings older versions to the present one.
 *
 * @param input - The parsed JSON, its text, or its bytes in UTF-8.
 * @param model - The model that it must belong to, `fm.attributes.model`; any when left out.
 * @throws {FaceMorphError} `RECIPE_INVALID`, the message and `details.field` name the field;
 * `MODEL_MISMATCH`
 */
export function parseRecipe(input: unknown, model?: Recipe['model']): Recipe {
  const file = new FieldReader(migrate(parseJson(input, KIND)), KIND);
  const recipe: Recipe = {
    format: 'facemorph-recipe',
    version: RECIPE_VERSION,
    model: readModel(file.object('model')),
    ...(file.has('face') && { face: readPlace(file.object('face')) }),
    ...(file.has('latent') && { latent: readLatent(file) }),
    ...(file.has('earlier') && { earlier: file.list('earlier').map(readStep) }),
    ...readStep(file),
    mode: file.oneOf('mode', EDIT_MODES),
  };
  if (model && recipe.model.sha256 !== model.sha256) throw mismatch(recipe.model, model);
  return recipe;
}

/**
 * Brings the JSON of an older version to the present one, step by step.
 * @throws {FaceMorphError} `RECIPE_INVALID` for another format, a newer version or one that no
 * migration reads.
 */
export function migrate(
  input: unknown,
  migrations: Readonly<Record<number, Migration>> = MIGRATIONS,
  target: number = RECIPE_VERSION,
): unknown {
  const file = new FieldReader(input, KIND);
  file.literal('format', 'facemorph-recipe');
  let version = file.integer('version', 1, Number.MAX_SAFE_INTEGER);
  if (version > target) {
    throw file.invalid('version', `at most ${target}`, version, 'Update FaceMorph to read it.');
  }
  let content = input as Record<string, unknown>;
  for (; version < target; version++) {
    const step = migrations[version];
    if (!step) throw file.invalid('version', String(target), version, 'It is no longer read.');
    content = step(content);
  }
  return content;
}

function readModel(model: FieldReader): Recipe['model'] {
  const hex = '64 lower-case hexadecimal digits';
  return { id: model.text('id'), sha256: model.match('sha256', /^[0-9a-f]{64}$/, hex) };
}

function readPlace(face: FieldReader): FacePlace {
  const size = face.object('photo');
  const photo = {
    width: size.integer('width', 1, MAX_SIDE),
    height: size.integer('height', 1, MAX_SIDE),
  };
  if (face.has('aligned')) {
    face.literal('aligned', true);
    return { photo, aligned: true };
  }
  const landmarks = face.points('landmarks', 5) as Landmarks;
  if (!face.has('box')) return { photo, landmarks };
  const box = face.object('box');
  const [x, y] = [box.number('x'), box.number('y')];
  return {
    photo,
    landmarks,
    box: { x, y, width: box.number('width'), height: box.number('height') },
  };
}

function readLatent(file: FieldReader): string {
  const text = file.string('latent');
  if (decodeVector(text, 'float32')?.every(Number.isFinite)) return text;
  throw file.invalid('latent', 'base64 of finite little-endian float32 numbers', text);
}

function readStep(step: FieldReader): RecipeStep {
  const edits = step.list('edits').map(readEdit);
  const names = edits.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw step.invalid('edits', 'one edit of each name', `two of ${twice}`);
  const keep = step.names('keep', ATTRIBUTE_NAME);
  // A strength of 0 is no edit.
  const edited = edits.filter((edit) => (edit as { strength?: number }).strength !== 0);
  const both = edited.find(({ name }) => keep.includes(name))?.name;
  if (both !== undefined) throw step.invalid('keep', 'attributes that are not edited', both);
  return { edits, keep: [...new Set(keep)] };
}

function readEdit(edit: FieldReader): RecipeEdit {
  const name = edit.match('name', ATTRIBUTE_NAME, '1 to 64 of a-z, 0-9 and _');
  if (!edit.has('value')) return { name, strength: edit.number('strength') };
  if (edit.has('strength')) throw edit.invalid('strength', 'either strength or value', 'both');
  return { name, value: edit.number('value') };
}

function mismatch(actual: Recipe['model'], expected: Recipe['model']): FaceMorphError {
  const owner = ({ id, sha256 }: Recipe['model']): string => `"${id}" (${sha256.slice(0, 12)})`;
  return new FaceMorphError(
    'MODEL_MISMATCH',
    `The recipe belongs to model ${owner(actual)}, not to ${owner(expected)}`,
    {
      hint: 'Load that model, or make the edit again with this one.',
      details: { expected: expected.sha256, received: actual.sha256 },
    },
  );
}
