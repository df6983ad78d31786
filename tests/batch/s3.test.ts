import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createPool } from '@facemorph/core/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePictures } from '../../bench/queue/pictures.mjs';
import { runBatch } from '../../examples/node-batch/src/run-batch.js';
import { openStore } from '../../examples/node-batch/src/stores/store.js';
import { startS3 } from './s3-server.js';
import { namesIn, temporaryFolder } from './support.js';

const folder = temporaryFolder();
let stop: () => Promise<void>;
beforeAll(async () => {
  stop = await startS3(join(folder, 's3'), ['photos', 'results']);
});
afterAll(() => stop?.());

test('a bucket holds what is written to it, also beyond a thousand names', async () => {
  const store = openStore('s3://photos/many');
  expect(await store.has('a b/ä.jpg')).toBe(false);
  await store.write('a b/ä.jpg', Uint8Array.of(1, 2, 3));
  expect(await store.has('a b/ä.jpg')).toBe(true);
  expect(await store.read('a b/ä.jpg')).toEqual(Uint8Array.of(1, 2, 3));
  const names = Array.from({ length: 1005 }, (_, i) => `n${String(i).padStart(4, '0')}`);
  for (let i = 0; i < names.length; i += 15) {
    await Promise.all(names.slice(i, i + 15).map((name) => store.write(name, Uint8Array.of(0))));
  }
  expect(await namesIn(store)).toEqual(['a b/ä.jpg', ...names]);
  await expect(store.read('missing')).rejects.toThrow();
});

test('a run from bucket to bucket gives the same bytes as one from folder to folder', async () => {
  const recipe = { do: 'edit', edits: { smiling: 1 }, mode: 'face', aligned: true } as const;
  const pool = await createPool({ workers: 1 });
  await makePictures(pool, join(folder, 'pictures'), 3);
  mkdirSync(join(folder, 'results'));
  const local = {
    source: openStore(join(folder, 'pictures')),
    sink: openStore(join(folder, 'results')),
  };
  const remote = { source: openStore('s3://photos/in'), sink: openStore('s3://results/out/') };
  for await (const name of local.source.list()) {
    await remote.source.write(name, await local.source.read(name));
  }
  await runBatch(pool, { ...local, recipe });
  await runBatch(pool, { ...remote, recipe });
  await pool.dispose();
  const names = await namesIn(local.sink);
  expect(await namesIn(remote.sink)).toEqual(names);
  for (const name of names) {
    expect(await remote.sink.read(name)).toEqual(await local.sink.read(name));
  }
});
