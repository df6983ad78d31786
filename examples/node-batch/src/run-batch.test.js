import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FaceMorphError } from '@facemorph/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runBatch } from './run-batch.js';
import { FolderStore } from './stores/folder-store.js';

/** @type {string} */
let folder;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facemorph-run-'));
  await mkdir(join(folder, 'pictures'));
  for (const name of ['a', 'b', 'c'])
    await writeFile(join(folder, 'pictures', `${name}.jpg`), name);
});
afterEach(() => rm(folder, { recursive: true }));

/**
 * Runs on a pool whose jobs fail as told, by picture: the first error first, then the next.
 *
 * @param {Record<string, string[]>} errors
 */
async function run(errors) {
  /** @type {string[]} */
  const tried = [];
  const pool = {
    workers: 1,
    manifest: { files: { encoder: { sha256: '0'.repeat(64) } } },
    /** @param {Uint8Array} bytes */
    async edit(bytes) {
      const name = Buffer.from(bytes).toString();
      tried.push(name);
      const code = errors[name]?.shift();
      if (code) throw new FaceMorphError(/** @type {any} */ (code), 'no');
      return { picture: bytes };
    },
  };
  /** @type {Record<string, string>} */
  const failures = {};
  const results = join(folder, 'results');
  const counts = await runBatch(/** @type {any} */ (pool), {
    source: new FolderStore(join(folder, 'pictures')),
    sink: new FolderStore(results),
    recipe: { do: 'edit', edits: {} },
    onFailure: (name, error) => {
      failures[name] = /** @type {FaceMorphError} */ (error).code;
    },
  });
  const files = (await readdir(results)).filter((name) => name.endsWith('.jpg')).sort();
  return { counts, failures, files, tried };
}

test('what the machine was at fault for is tried again at the end', async () => {
  const { counts, failures, files, tried } = await run({ a: ['TIMEOUT'], c: ['WORKER_LOST'] });
  expect(counts).toEqual({ done: 3, failed: 0, total: 3, skipped: 0 });
  expect(failures).toEqual({});
  expect(files).toEqual(['a.jpg.jpg', 'b.jpg.jpg', 'c.jpg.jpg']);
  expect(tried.slice(3).sort()).toEqual(['a', 'c']);
});

test('twice at most; and what is wrong with a picture stays wrong', async () => {
  const { counts, failures, files, tried } = await run({
    a: ['TIMEOUT', 'TIMEOUT'],
    b: ['NO_FACE'],
  });
  expect(counts).toEqual({ done: 1, failed: 2, total: 3, skipped: 0 });
  expect(failures).toEqual({ 'a.jpg': 'TIMEOUT', 'b.jpg': 'NO_FACE' });
  expect(files).toEqual(['c.jpg.jpg']);
  expect(tried).toHaveLength(4);
});
