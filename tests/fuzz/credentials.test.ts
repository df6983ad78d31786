import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { signCredentials } from '../../packages/core/src/credentials/sign-credentials.node.js';
import { makeTestSigner } from '../../packages/core/src/credentials/test-signer.test-helper.js';
import { markProvenance } from '../../packages/core/src/image/xmp.js';
import { fuzz } from './harness.js';
import { hostilePictures } from './hostile-pictures.js';
import { type Mutant, mutants, type Seed } from './mutate.js';
import { pictureCorpus } from './picture-corpus.js';

const signer = await makeTestSigner();
if (!signer)
  console.warn('!!! Content Credentials are not fuzzed: c2pa-node or openssl is missing');

const TYPES = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
} as const;

test.skipIf(!signer)('credentials: signed, or a FaceMorphError', async () => {
  const plain = await pictureCorpus();
  const seeds: Seed[] = [];
  for (const [name, type] of Object.entries(TYPES)) {
    const { bytes } = plain.find((seed) => seed.name === name)!;
    const options = { type, provenance: 'generated', signer: signer! } as const;
    const marked = type === 'image/avif' ? bytes : markProvenance(bytes, type, 'generated');
    seeds.push({ name: type, bytes: await signCredentials(marked, options) });
  }
  const portrait = readFileSync(new URL('../fixtures/portrait.jpg', import.meta.url));
  const row = await fuzz<Mutant>({
    name: 'credentials (original, file)',
    inputs: mutants(seeds),
    always: hostilePictures(portrait),
    runs: 300,
    share: 0.3,
    parse: async (mutant) => {
      const { bytes } = mutant;
      const type = seeds.find(({ name }) => `${mutant}`.includes(name))?.name ?? 'image/jpeg';
      const original = { bytes, type };
      const common = { type: 'image/jpeg', provenance: 'edited', signer: signer! } as const;
      await signCredentials(portrait, { ...common, original });
      await signCredentials(bytes, { ...common, type: type as 'image/jpeg', original });
    },
  });
  expect(row.values).toBeGreaterThan(0);
  expect(row.refused.SIGNING_FAILED).toBeGreaterThan(0);
});
