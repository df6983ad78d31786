import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPool, type Pool } from '@facemorph/core/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePictures } from '../../bench/queue/pictures.mjs';
import { collectParquet } from '../../examples/node-batch/src/collect.js';
import { runBatch } from '../../examples/node-batch/src/run-batch.js';
import { openStore } from '../../examples/node-batch/src/stores/store.js';
import { namesIn, requireOfExample, temporaryFolder } from './support.js';

const { DuckDBInstance } = requireOfExample('@duckdb/node-api');

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const recipe = { do: 'edit', edits: { smiling: 2 }, mode: 'face', aligned: true } as const;
let pool: Pool;
beforeAll(async () => {
  pool = await createPool({ workers: 1 });
  await makePictures(pool, at('pictures'), 5);
  mkdirSync(at('pictures/more'));
  writeFileSync(at('pictures/more/broken.jpg'), 'no picture');
  writeFileSync(at('pictures/notes.txt'), 'not taken');
});
afterAll(() => pool?.dispose());

describe('a folder of photos', () => {
  const source = openStore(at('pictures'));
  const sink = openStore(at('results'));

  test('is done, and told of: a broken picture does not keep the others from being done', async () => {
    const failures: string[] = [];
    const seen: number[] = [];
    const counts = await runBatch(pool, {
      source,
      sink,
      recipe,
      onProgress: ({ done, failed }) => seen.push(done + failed),
      onFailure: (name, error) => failures.push(`${name} ${(error as { code?: string }).code}`),
    });
    expect(counts).toEqual({ done: 5, failed: 1, total: 6, skipped: 0 });
    expect(failures).toEqual(['more/broken.jpg IMAGE_INVALID']);
    expect(seen.at(-1)).toBe(6);
    const pictures = [0, 1, 2, 3, 4].map((n) => `00000${n}.jpg.jpg`);
    expect(await namesIn(sink)).toEqual([...pictures, 'facemorph-batch.json']);
  });

  test('goes on where it was: what is there is not made again', async () => {
    const kept = at('results/000001.jpg.jpg');
    const { mtimeMs } = statSync(kept);
    rmSync(at('results/000000.jpg.jpg'));
    const counts = await runBatch(pool, { source, sink, recipe });
    expect(counts).toMatchObject({ done: 5, skipped: 4, failed: 1 });
    expect(statSync(kept).mtimeMs).toBe(mtimeMs);
  });

  test('stops when it is told to', async () => {
    const stopped = openStore(at('stopped'));
    const signal = AbortSignal.abort();
    mkdirSync(at('stopped'));
    expect(await runBatch(pool, { source, sink: stopped, recipe, signal })).toMatchObject({
      done: 0,
    });
  });

  test('does not write among the pictures: results would be taken for more of them', async () => {
    for (const place of ['pictures', 'pictures/results']) {
      const inside = openStore(at(place));
      await expect(runBatch(pool, { source, sink: inside, recipe })).rejects.toThrow('among');
    }
  });

  test('does not mix the results of two recipes', async () => {
    const other = { ...recipe, edits: { smiling: 1 } };
    await expect(runBatch(pool, { source, sink, recipe: other })).rejects.toThrow('another recipe');
  });
});

test('latents and scores go to Parquet, which DuckDB reads', async () => {
  const source = openStore(at('pictures'));
  const faces = openStore(at('faces'));
  mkdirSync(at('faces'));
  await runBatch(pool, { source, sink: faces, recipe: { do: 'encode', aligned: true } });
  const { rows, files } = await collectParquet(faces, openStore(at('tables')));
  expect({ rows, files }).toEqual({ rows: 5, files: ['faces-00000.parquet'] });

  const database = await DuckDBInstance.create();
  const connection = await database.connect();
  const read = await connection.runAndReadAll(
    `select name, width, score_smiling as smiling, len(latent) as size, latent[1] as first
     from '${at('tables')}/*.parquet' order by name`,
  );
  const table = read.getRowObjectsJson();
  connection.closeSync();
  const bytes = await faces.read('000002.jpg.json');
  const expected = JSON.parse(Buffer.from(bytes).toString());
  expect(table).toHaveLength(5);
  expect(table[2]).toMatchObject({ name: '000002.jpg', width: 128, size: '192' });
  expect(table[2]?.smiling).toBe(expected.scores.smiling);
  expect(table[2]?.first).toBeCloseTo(expected.latent[0], 6);
});
