import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool } from '@facemorph/core/node';
import { enqueue } from '../../examples/node-batch/src/queue/enqueue.js';
import { watch } from '../../examples/node-batch/src/queue/watch.js';
import { runBatch } from '../../examples/node-batch/src/run-batch.js';
import { openStore } from '../../examples/node-batch/src/stores/store.js';
import { makePictures } from './pictures.mjs';
import { startRedis } from './redis.mjs';
import { startWorker } from './worker-process.mjs';

/** @type {import('../../examples/node-batch/src/recipe.js').Recipe} */
const RECIPE = { do: 'edit', edits: { smiling: 1.5 }, keep: ['male'], mode: 'face', aligned: true };

/**
 * Takes pictures through the queue while its workers are killed one after the other, and Redis once
 * when half is done; compares what comes out with the run of one process. Only workers that have
 * loaded are killed, and only when results have come since the last: on a slow machine there would
 * never be any.
 *
 * @param {{ count: number, workers: number, killEvery: number, timeout: number, keep?: string, onLine?: (line: string) => void }} options
 * `killEvery` and `timeout` in ms; in the folder `keep` the pictures and what is expected of them stay for
 * another run.
 * @returns {Promise<{ pictures: number, kills: number, redisRestarts: number, results: number, missing: number, unexpected: number, different: number, failed: number, seconds: number } | undefined>}
 * Undefined where no redis-server is installed.
 */
export async function runChaos({ count, workers, killEvery, timeout, keep, onLine }) {
  const folder = mkdtempSync(join(tmpdir(), 'facemorph-chaos-'));
  const kept = keep ?? folder;
  const at = (/** @type {string} */ name) =>
    join(['pictures', 'expected'].includes(name) ? kept : folder, name);
  for (const name of ['redis', 'expected', 'results']) mkdirSync(at(name), { recursive: true });
  const redis = await startRedis(at('redis'));
  /** @type {ReturnType<typeof startWorker>[]} */
  let crew = [];
  try {
    if (redis === undefined) return undefined;
    const pool = await createPool({ workers: 1 });
    if (!existsSync(at('pictures'))) await makePictures(pool, at('pictures'), count);
    const source = openStore(at('pictures'));
    await runBatch(pool, { source, sink: openStore(at('expected')), recipe: RECIPE });
    const model = pool.manifest.files.encoder.sha256;
    await pool.dispose();

    const sink = openStore(at('results'));
    await enqueue(redis.url, { source, sink, recipe: RECIPE, model });
    const start = performance.now();
    const over = AbortSignal.timeout(timeout);
    const counts = { kills: 0, redisRestarts: 0 };
    crew = Array.from({ length: workers }, () => startWorker(redis.url));
    let busy = Promise.resolve();
    let resultsAtKill = 0;
    const killer = setInterval(() => {
      busy = busy.then(async () => {
        const results = readdirSync(at('results')).length;
        // The first is the one that has worked longest.
        const victim = crew.find((worker) => worker.isReady);
        if (victim === undefined || results < resultsAtKill + 2 * workers) return;
        resultsAtKill = results;
        await victim.kill();
        counts.kills++;
        crew = [...crew.filter((worker) => worker !== victim), startWorker(redis.url)];
      });
    }, killEvery);
    const half = setInterval(() => {
      if (counts.redisRestarts > 0 || readdirSync(at('results')).length < count / 2) return;
      counts.redisRestarts++;
      busy = busy.then(() => redis.restart());
    }, 200);
    const { failed } = await watch(redis.url, { signal: over, ...(onLine ? { onLine } : {}) });
    clearInterval(killer);
    clearInterval(half);
    await busy;
    await Promise.all(crew.map((worker) => worker.stop()));
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    return {
      pictures: count,
      ...counts,
      ...compare(at('expected'), at('results')),
      failed,
      seconds,
    };
  } finally {
    await Promise.all(crew.map((worker) => worker.kill()));
    await redis?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} expected
 * @param {string} results
 */
function compare(expected, results) {
  const wanted = readdirSync(expected).filter((name) => name.endsWith('.jpg'));
  // What killed workers were writing lies in a hidden folder until the next run.
  const found = readdirSync(results).filter((name) => !/^(\.|facemorph-batch\.json$)/.test(name));
  const there = new Set(found);
  const same = (/** @type {string} */ name) =>
    readFileSync(join(expected, name)).equals(readFileSync(join(results, name)));
  return {
    results: found.length,
    missing: wanted.filter((name) => !there.has(name)).length,
    unexpected: found.filter((name) => !wanted.includes(name)).length,
    different: wanted.filter((name) => there.has(name) && !same(name)).length,
  };
}
