import { beforeAll, expect, test } from 'vitest';
import { decodeImage } from '../../packages/core/src/image/codec.node.js';
import { readHeaderSize } from '../../packages/core/src/image/header-size.js';
import { encodeImage } from '../../packages/core/src/image/output.js';
import { markProvenance } from '../../packages/core/src/image/xmp.js';
import { FaceMorph } from '../../packages/core/src/index.js';
import { createFakeBackend, createFakeModel } from '../../packages/core/src/testing/index.js';
import { fuzz } from './harness.js';
import { hostilePictures } from './hostile-pictures.js';
import { type Mutant, mutants, type Seed } from './mutate.js';
import { pictureCorpus } from './picture-corpus.js';

let seeds: readonly Seed[];
let always: readonly Mutant[];

beforeAll(async () => {
  seeds = await pictureCorpus();
  always = hostilePictures(seeds.find(({ name }) => name === 'jpeg')!.bytes);
});

test('picture files: a picture or a FaceMorphError', async () => {
  const row = await fuzz<Mutant>({
    name: 'picture files (decode)',
    inputs: mutants(seeds),
    always,
    runs: 900,
    parse: async ({ bytes }) => {
      const { width, height, data } = await decodeImage(bytes);
      if (data.length !== width * height * 4) throw new Error('The data does not fit the size');
    },
  });
  // The mutations are neither harmless nor hopeless, and the bombs were told from their headers.
  expect(row.values).toBeGreaterThan(row.tried * 0.1);
  expect(row.refused.IMAGE_INVALID).toBeGreaterThan(row.tried * 0.1);
  expect(row.refused.IMAGE_TOO_LARGE).toBeGreaterThanOrEqual(1);
});

test('picture files through FaceMorph.open', async () => {
  const fm = await FaceMorph.load({ model: await createFakeModel(), backend: createFakeBackend() });
  await fuzz<Mutant>({
    name: 'picture files (open, edit)',
    inputs: mutants(seeds),
    always,
    runs: 120,
    share: 0.1,
    parse: async ({ bytes }) => {
      const photo = await fm.open(bytes, { aligned: true });
      await photo.face.edit({ smiling: 1 });
    },
  });
  await fm.dispose();
});

test('what a saved picture keeps of its file: Exif and colour profile', async () => {
  await fuzz<Mutant>({
    name: 'picture metadata (Exif, ICC)',
    inputs: mutants(seeds.filter(({ name }) => /exif|icc/.test(name))),
    runs: 200,
    share: 0.3,
    parse: async ({ bytes }) => {
      const pixels = await decodeImage(bytes);
      for (const type of ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const) {
        const kept = { metadata: 'keep', colorProfile: 'keep' } as const;
        const again = await encodeImage(pixels, { type, ...kept })
          .then((saved) => decodeImage(saved))
          .catch((error) => {
            throw new Error('What could be opened cannot be saved', { cause: error });
          });
        const isWhole = again.width === pixels.width && again.height === pixels.height;
        if (!isWhole) throw new Error(`It was saved as ${again.width}x${again.height}`);
      }
    },
  });
});

test('picture headers', async () => {
  await fuzz<Mutant>({
    name: 'picture headers (size)',
    inputs: mutants(seeds),
    always,
    runs: 4000,
    parse: ({ bytes }) => readHeaderSize(bytes),
  });
});

test('picture metadata: the mark goes into a sound file, or the bytes stay as they are', async () => {
  await fuzz<Mutant>({
    name: 'picture metadata (XMP)',
    inputs: mutants(seeds),
    always,
    runs: 2500,
    parse: ({ bytes }) => {
      const before = bytes.slice();
      for (const type of ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const) {
        const marked = markProvenance(bytes, type, 'edited');
        if (marked !== bytes && marked.length <= bytes.length) throw new Error('Bytes were lost');
      }
      if (Buffer.compare(before, bytes) !== 0) throw new Error('The input was written to');
    },
  });
});
