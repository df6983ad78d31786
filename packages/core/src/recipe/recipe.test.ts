import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeVector } from '../attributes/base64.js';
import type { Edits } from '../attributes/edits.js';
import { createPixels, type Pixels } from '../image/pixels.js';
import type { OpenOptions } from '../photo/open-photo.js';
import { createFakeAttributes } from '../testing/fake-attributes.js';
import { loadToy, samplePicture } from '../testing/load-toy.js';
import { recipeFromHash, recipeToHash } from './link.js';
import { migrate, parseRecipe } from './parse.js';
import { EDIT_MODES, type EditMode } from './types.js';

const schema = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(
  JSON.parse(readFileSync(new URL('../../recipe.schema.json', import.meta.url), 'utf8')),
);
const names = createFakeAttributes().attributes.map(({ name }) => name);

interface Sketch {
  readonly edits: Edits;
  readonly keep: readonly string[];
  readonly mode: EditMode;
}

/** Any edits and locks that go together. */
const sketches: fc.Arbitrary<Sketch> = fc
  .record({
    order: fc.shuffledSubarray(names),
    edited: fc.integer({ min: 0, max: names.length }),
    amounts: fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
      minLength: names.length,
      maxLength: names.length,
    }),
    absolute: fc.array(fc.boolean(), { minLength: names.length, maxLength: names.length }),
    mode: fc.constantFrom(...EDIT_MODES),
  })
  .map(({ order, edited, amounts, absolute, mode }) => ({
    edits: Object.fromEntries(
      order
        .slice(0, edited)
        .map((name, i) => [name, absolute[i] ? { value: amounts[i]! } : amounts[i]!]),
    ),
    keep: order.slice(edited),
    mode,
  }));

describe('a recipe, written, read and replayed', { timeout: 120_000 }, () => {
  it('gives the same bytes, for 1,000 random ones', async () => {
    const { fm } = await loadToy();
    const face = fm.face(fm.attributes.latent.mean);
    await fc.assert(
      fc.asyncProperty(sketches, async ({ edits, keep, mode }) => {
        const edited = await face.edit(edits, { keep, mode });
        const text = JSON.stringify(edited.recipe({ latent: true }));
        expect(JSON.stringify(parseRecipe(text))).toBe(text);
        expect(schema(JSON.parse(text))).toBe(true);
        const again = await fm.replay(text);
        expect(again.latent).toEqual(edited.latent);
        expect(sameBytes(await again.pixels(), await edited.pixels())).toBe(true);
        expect(again.recipe({ latent: true })).toEqual(edited.recipe({ latent: true }));
        const link = recipeToHash(edited.recipe());
        expect(link).toMatch(/^#recipe=[A-Za-z0-9_.-]+$/);
        expect(recipeFromHash(link, fm.attributes.model)).toEqual(edited.recipe());
      }),
      { numRuns: 1000 },
    );
  });

  it('finds its face in its photo again', async () => {
    const { fm } = await loadToy();
    const { photo, landmarks } = await photoOf(await samplePicture(fm));
    for (const options of [{ landmarks } as unknown as OpenOptions, { aligned: true }]) {
      const { face } = await fm.open(photo, options);
      const edited = await face.edit({ smiling: 1.5, male: { value: 0.2 } }, { keep: ['young'] });
      const again = await fm.replay(JSON.stringify(edited.recipe()), photo);
      expect(sameBytes(await again.pixels(), await edited.pixels())).toBe(true);
      expect(again.recipe()).toEqual(edited.recipe());
    }
  });

  it('does an edit of an edited face step by step', async () => {
    const { fm } = await loadToy();
    const { face, pixels } = await fm.open(await samplePicture(fm), { aligned: true });
    const first = await face.edit({ smiling: 1 }, { keep: ['male'] });
    const second = await first.edit({ beard: 1 }, { mode: 'replace' });
    const recipe = second.recipe();
    expect(recipe.earlier).toEqual([{ edits: [{ name: 'smiling', strength: 1 }], keep: ['male'] }]);
    const again = await fm.replay(recipe, pixels);
    expect(sameBytes(await again.pixels(), await second.pixels())).toBe(true);
  });

  it('goes onto a face of another photo when it is told which', async () => {
    const { fm } = await loadToy();
    const { face } = await fm.open(await samplePicture(fm), { aligned: true });
    const recipe = (await face.edit({ smiling: 2 })).recipe();
    const { photo, landmarks } = await photoOf(await samplePicture(fm, 2));
    await expect(fm.replay(recipe, photo)).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      message: 'Expected the recipe\'s photo of 128x128 for photo but received "328x168"',
      hint: expect.stringContaining('another photo'),
    });
    const there = { landmarks } as unknown as OpenOptions;
    const { face: other } = await fm.open(photo, there);
    for (const again of [await fm.replay(recipe, photo, there), await fm.replay(recipe, other)]) {
      expect(again.strengths).toEqual({ smiling: 2 });
      expect(again.latent).toEqual((await other.edit({ smiling: 2 })).latent);
    }
    await expect(fm.replay(recipe)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('of a face without edits changes nothing', async () => {
    const { fm } = await loadToy();
    const { face, pixels } = await fm.open(await samplePicture(fm), { aligned: true });
    const recipe = face.recipe();
    expect(recipe).toMatchObject({ edits: [], keep: [], mode: 'detail' });
    expect(await (await fm.replay(recipe, pixels)).pixels()).toEqual(pixels);
  });

  it('leaves out strengths of 0, which are no edits, and takes them from others', async () => {
    const { fm } = await loadToy();
    const edited = await fm
      .face(fm.attributes.latent.mean)
      .edit({ smiling: 0 }, { keep: ['smiling'] });
    const recipe = edited.recipe({ latent: true });
    expect(recipe).toMatchObject({ edits: [], keep: ['smiling'] });
    const older = { ...recipe, edits: [{ name: 'smiling', strength: 0 }] };
    for (const given of [recipe, older]) {
      expect((await fm.replay(JSON.stringify(given))).latent).toEqual(edited.latent);
    }
  });

  it('holds neither pixels nor latent unless asked', async () => {
    const { fm } = await loadToy();
    const { face } = await fm.open(await samplePicture(fm), { aligned: true });
    const recipe = (await face.edit({ smiling: 1 })).recipe();
    expect(Object.keys(recipe)).toEqual([
      'format',
      'version',
      'model',
      'face',
      'edits',
      'keep',
      'mode',
    ]);
    expect(recipe.face).toEqual({ photo: { width: 128, height: 128 }, aligned: true });
  });
});

describe('parseRecipe', () => {
  it('refuses a recipe of another model, naming both', () => {
    const other = { id: 'other', sha256: 'b'.repeat(64) };
    expect(parseRecipe(valid()).model.id).toBe('m');
    expect(() => parseRecipe(valid(), other)).toThrow(
      expect.objectContaining({
        code: 'MODEL_MISMATCH',
        message: 'The recipe belongs to model "m" (aaaaaaaaaaaa), not to "other" (bbbbbbbbbbbb)',
      }),
    );
  });

  it('refuses a newer version with what to do', () => {
    expect(() => parseRecipe({ ...valid(), version: 2 })).toThrow(
      expect.objectContaining({
        code: 'RECIPE_INVALID',
        message: 'Expected at most 1 for version but received 2',
        hint: 'Update FaceMorph to read it.',
      }),
    );
  });

  it.each([
    ['format', 'facemorph-attributes'],
    ['version', '1'],
    ['model', null],
    ['model.id', ' '],
    ['model.sha256', 'a'.repeat(63)],
    ['model.sha256', 'A'.repeat(64)],
    ['face', []],
    ['face.photo.width', 0],
    ['face.landmarks', [[1, 2]]],
    [
      'face.landmarks',
      [
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
        [9, null],
      ],
    ],
    ['face.box.width', 'wide'],
    ['face.aligned', false],
    ['latent', '???'],
    ['latent', encodeVector(Float32Array.of(Number.NaN), 'float32')],
    ['earlier[0].keep', 'male'],
    ['edits', {}],
    [
      'edits',
      [
        { name: 'smiling', strength: 1 },
        { name: 'smiling', value: 1 },
      ],
    ],
    ['edits[0].name', 'Smiling'],
    ['edits[0].strength', '2'],
    ['edits[0].strength', undefined],
    ['keep', ['smiling']],
    ['keep[0]', 5],
    ['mode', 'best'],
  ])('names %s', (field, value) => {
    expect(() => parseRecipe(withField(field, value))).toThrow(
      expect.objectContaining({ code: 'RECIPE_INVALID', details: { field } }),
    );
  });

  it.each(['', '{', '<!doctype html>', '[]', 'null', '5'])('refuses %j as a whole', (text) => {
    expect(() => parseRecipe(text)).toThrow(expect.objectContaining({ code: 'RECIPE_INVALID' }));
  });

  it('never accepts what its JSON Schema refuses', () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.constant(undefined),
      fc.constantFrom(...EDIT_MODES),
    );
    fc.assert(
      fc.property(fc.constantFrom(...PATHS), anything, (path, value) => {
        const file = withField(path, value);
        if (accepts(file)) expect(schema(file), `${path}: ${JSON.stringify(value)}`).toBe(true);
      }),
      { numRuns: 500 },
    );
    expect(schema(valid()), JSON.stringify(schema.errors)).toBe(true);
  });

  it('brings older versions to the present one', () => {
    const migrations = {
      1: (file: object) => ({ ...file, version: 2, a: true }),
      2: (file: object) => ({ ...file, version: 3, b: true }),
    };
    expect(migrate(valid(), migrations, 3)).toMatchObject({ version: 3, a: true, b: true });
    expect(() => migrate(valid(), { 2: migrations[2] }, 3)).toThrow(/no longer|Expected 3/);
    expect(() => migrate({ ...valid(), version: 4 }, migrations, 3)).toThrow(/at most 3/);
  });
});

describe('a recipe in a link', () => {
  it('is damaged when a letter is missing or wrong', () => {
    const hash = recipeToHash(parseRecipe(valid()));
    fc.assert(
      fc.property(fc.integer({ min: 9, max: hash.length - 1 }), (at) => {
        const wrong = hash[at] === 'A' ? 'B' : 'A';
        for (const damaged of [hash.slice(0, at), hash.slice(0, at) + wrong + hash.slice(at + 1)]) {
          expect(() => recipeFromHash(damaged)).toThrow(
            expect.objectContaining({ code: 'RECIPE_INVALID' }),
          );
        }
      }),
    );
  });

  it('stands among other things, and leaves out the face and where it is', () => {
    const recipe = parseRecipe(valid());
    expect(recipe).toHaveProperty('latent');
    const hash = `${recipeToHash(recipe)}&seed=7`;
    expect(recipeFromHash(hash)).not.toHaveProperty('face');
    expect(recipeFromHash(hash)).not.toHaveProperty('latent');
    expect(recipeFromHash('#seed=7')).toBeUndefined();
    expect(recipeFromHash('')).toBeUndefined();
  });
});

function valid() {
  return {
    format: 'facemorph-recipe',
    version: 1,
    model: { id: 'm', sha256: 'a'.repeat(64) },
    face: {
      photo: { width: 200, height: 100 },
      landmarks: [
        [48, 58],
        [80, 58],
        [64, 80],
        [50, 91],
        [78, 91],
      ],
      box: { x: 32, y: 42, width: 64, height: 64 },
    },
    latent: encodeVector(Float32Array.of(0.5, -1), 'float32'),
    earlier: [{ edits: [{ name: 'beard', strength: -1 }], keep: [] }],
    edits: [{ name: 'smiling', strength: 2 }],
    keep: ['male'],
    mode: 'detail',
  };
}

const PATHS = [
  'format',
  'version',
  'model.id',
  'model.sha256',
  'face',
  'face.photo',
  'face.photo.width',
  'face.aligned',
  'face.landmarks',
  'face.landmarks[2]',
  'face.landmarks[2][0]',
  'face.box',
  'face.box.x',
  'latent',
  'earlier',
  'earlier[0]',
  'earlier[0].edits',
  'edits',
  'edits[0]',
  'edits[0].name',
  'edits[0].strength',
  'edits[0].value',
  'keep',
  'keep[0]',
  'mode',
];

/** The file with one field replaced (`undefined` removes it); `path` as in the error message. */
function withField(path: string, value: unknown): unknown {
  const file = valid() as unknown as Record<string, unknown>;
  const keys = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce((node, key) => node[key] as Record<string, unknown>, file);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return JSON.parse(JSON.stringify(file));
}

function accepts(file: unknown): boolean {
  try {
    parseRecipe(file);
    return true;
  } catch {
    return false;
  }
}

function sameBytes(a: Pixels, b: Pixels): boolean {
  return Buffer.compare(Buffer.from(a.data), Buffer.from(b.data)) === 0;
}

/** A photo with a face in it, and where. */
async function photoOf(face: Pixels) {
  const photo = createPixels(328, 168);
  photo.data.fill(200);
  for (let y = 0; y < 128; y++) {
    photo.data.set(face.data.subarray(y * 512, (y + 1) * 512), ((y + 20) * 328 + 100) * 4);
  }
  const landmarks = [
    [148, 78],
    [180, 78],
    [164, 100.02],
    [149.66, 111.52],
    [178.34, 111.52],
  ];
  return { photo, landmarks };
}
