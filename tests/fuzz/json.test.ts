import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLatent, writeLatent } from '../../packages/cli/src/latent-file.js';
import { parseAttributes } from '../../packages/core/src/attributes/parse.js';
import { writeAttributes } from '../../packages/core/src/attributes/write.js';
import { type AttributeSet, FaceMorph } from '../../packages/core/src/index.js';
import { parseManifest } from '../../packages/core/src/model/manifest.js';
import type { ModelManifest } from '../../packages/core/src/model/manifest-types.js';
import { recipeFromHash, recipeToHash } from '../../packages/core/src/recipe/link.js';
import { parseRecipe } from '../../packages/core/src/recipe/parse.js';
import { writeRecipe } from '../../packages/core/src/recipe/write.js';
import {
  createFakeAttributes,
  createFakeBackend,
  createFakeModel,
} from '../../packages/core/src/testing/index.js';
import { fuzz, type Target } from './harness.js';
import { damaged, hostileTexts } from './json.js';
import { type Mutant, mutants } from './mutate.js';

const folder = new URL('../../packages/models/weights/facemorph-128/', import.meta.url);
const manifest: ModelManifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8'));
const attributes = writeAttributes(smallAttributes());
const recipe = writeRecipe({
  model: { id: manifest.id, sha256: manifest.files.encoder.sha256 },
  edits: { smiling: 2, beard: { value: 1 } },
  keep: ['male'],
});
const latent = writeLatent(new Float32Array(manifest.latent.size).fill(0.5), manifest);

/** Two attributes of four numbers: a file is read in microseconds. */
function smallAttributes(): AttributeSet {
  const axis = (index: number): Float32Array =>
    Float32Array.from({ length: 4 }, (_, i) => (i === index ? 1 : 0));
  const covariance = Float32Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 1 : 0.25));
  const [smiling, beard] = createFakeAttributes().attributes;
  const evidence = { auroc: 0.9, success: 0.8, identity: 0.7, also: { beard: 0.1 } };
  return {
    model: { id: 'small', sha256: 'ab'.repeat(32) },
    latent: { size: 4, mean: axis(3), covariance },
    attributes: [
      { ...smiling!, probe: { weights: axis(0), bias: 0.1 }, direction: axis(0), evidence },
      { ...beard!, probe: { weights: axis(1), bias: 0 }, direction: axis(1) },
    ],
  };
}

/** Whole documents, damaged as data, and their texts, damaged as bytes. */
function asTexts(document: object): Pick<Target<string>, 'inputs' | 'always'> {
  const seeds = [{ name: 'JSON', bytes: new TextEncoder().encode(JSON.stringify(document)) }];
  const asText = ({ bytes }: Mutant): string => new TextDecoder().decode(bytes);
  return {
    inputs: fc.oneof(
      damaged(document).map((value) => JSON.stringify(value) ?? ''),
      mutants(seeds).map(asText),
    ),
    always: hostileTexts,
  };
}

test('manifests', async () => {
  const row = await fuzz({
    name: 'manifest (data)',
    inputs: damaged(manifest),
    runs: 3000,
    parse: (value) => {
      const { files } = parseManifest(value, 'the test');
      for (const file of Object.values(files)) assertInside(file.path);
    },
  });
  expect(row.refused.MANIFEST_INVALID).toBeGreaterThan(row.tried * 0.3);
});

/** Where a file of the model would be read from. */
function assertInside(path: string): void {
  const { href } = new URL(path, 'https://host.test/models/one/manifest.json');
  if (!href.startsWith('https://host.test/models/one/'))
    throw new Error(`${path} leads to ${href}`);
  const local = new URL(path, 'file:///models/one/manifest.json').href;
  if (!local.startsWith('file:///models/one/')) throw new Error(`${path} leads to ${local}`);
}

test('manifests that a server sends', async () => {
  const asked = new Set<string>();
  await fuzz<string>({
    name: 'manifest (transfer)',
    ...asTexts(manifest),
    runs: 600,
    parse: (text) =>
      FaceMorph.load({
        model: 'https://host.test/models/one/',
        cache: false,
        fetch: async (url) => {
          asked.add(String(url));
          const found = String(url).endsWith('/manifest.json');
          return new Response(found ? text : null, { status: found ? 200 : 404 });
        },
      }),
  });
  // Letters beyond ASCII are the only ones that an address writes with a percent sign.
  const inside = /^https:\/\/host\.test\/models\/one\/([^?#%\\]|%[89A-F][0-9A-F])*$/;
  for (const url of asked) expect(url).toMatch(inside);
});

test('attribute files', async () => {
  await fuzz({
    name: 'attributes (data)',
    inputs: damaged(attributes),
    runs: 2000,
    parse: parseAttributes,
  });
  const row = await fuzz({
    name: 'attributes (text)',
    ...asTexts(attributes),
    runs: 1500,
    parse: parseAttributes,
  });
  expect(row.refused.ATTRIBUTES_INVALID).toBeGreaterThan(row.tried * 0.3);
});

test('attribute files through FaceMorph.load', async () => {
  const model = await createFakeModel();
  const backend = createFakeBackend();
  await fuzz({
    name: 'attributes (load, edit)',
    inputs: damaged(writeAttributes(createFakeAttributes())),
    runs: 60,
    share: 0.05,
    parse: async (value) => {
      const fm = await FaceMorph.load({ model, backend, attributes: value as typeof attributes });
      const face = fm.face(new Float32Array(fm.latentSize));
      face.measure();
      await face.edit({ smiling: 1 });
      await fm.dispose();
    },
  });
});

test('recipes', async () => {
  await fuzz({ name: 'recipe (data)', inputs: damaged(recipe), runs: 3000, parse: parseRecipe });
  const row = await fuzz<string>({
    name: 'recipe (text)',
    ...asTexts(recipe),
    runs: 2000,
    parse: parseRecipe,
  });
  expect(row.refused.RECIPE_INVALID).toBeGreaterThan(row.tried * 0.3);
});

test('recipes in links', async () => {
  const hash = { name: 'link', bytes: new TextEncoder().encode(recipeToHash(recipe)) };
  await fuzz<string>({
    name: 'recipe (link)',
    inputs: fc.oneof(
      mutants([hash]).map(({ bytes }) => new TextDecoder().decode(bytes)),
      damaged(recipe).map((value) => recipeToHash(Object(value))),
      fc.string({ unit: 'binary' }).map((text) => `#recipe=${text}`),
    ),
    always: hostileTexts.map((text) => `#recipe=${text}`),
    runs: 2000,
    parse: (text) => recipeFromHash(text),
  });
});

test('latent files', async () => {
  const row = await fuzz<string>({
    name: 'latent file',
    ...asTexts(latent),
    runs: 3000,
    parse: (text) => readLatent(text, manifest),
  });
  expect(row.refused.LATENT_INVALID).toBeGreaterThan(row.tried * 0.3);
});
