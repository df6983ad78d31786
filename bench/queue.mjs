// `npm run bench:queue`: what the queue costs, and what a second worker brings. Needs `npm run build`
// first, and redis-server. `--json` prints one JSON object; `--quick` takes 2 rounds, not 5.
// One process without a queue, one worker and two take turns on the same pictures.
import './help.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool } from '@facemorph/core/node';
import { enqueue } from '../examples/node-batch/src/queue/enqueue.js';
import { watch } from '../examples/node-batch/src/queue/watch.js';
import { runBatch } from '../examples/node-batch/src/run-batch.js';
import { openStore } from '../examples/node-batch/src/stores/store.js';
import { makePictures } from './queue/pictures.mjs';
import { startRedis } from './queue/redis.mjs';
import { startWorker } from './queue/worker-process.mjs';
import { summarize } from './statistics.mjs';

const quick = process.argv.includes('--quick');
const rounds = quick ? 2 : 5;
const PICTURES = 40;

const folder = mkdtempSync(join(tmpdir(), 'facemorph-queue-'));
const redis = await startRedis(folder);
/** @type {ReturnType<typeof startWorker>[]} */
const crew = [];
try {
  if (redis === undefined) throw new Error('There is no redis-server here');
  const result = await measure(redis.url);
  if (process.argv.includes('--json')) console.log(JSON.stringify(result));
  else
    for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(22)} ${value}`);
} finally {
  await Promise.all(crew.map((worker) => worker.stop()));
  await redis?.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** @param {string} redisUrl */
async function measure(redisUrl) {
  const pool = await createPool({ workers: 1 });
  await makePictures(pool, join(folder, 'pictures'), PICTURES);
  const source = openStore(join(folder, 'pictures'));
  const model = pool.manifest.files.encoder.sha256;
  let runs = 0;
  // Another strength each time: nothing is done before.
  const next = () => {
    runs++;
    const edits = { smiling: 1 + runs / 1000 };
    const recipe = /** @type {const} */ ({ do: 'edit', edits, aligned: true });
    return { source, sink: openStore(join(folder, `results-${runs}`)), recipe };
  };
  const plain = () => timed(() => runBatch(pool, next()));
  const queued = () =>
    timed(async () => {
      await enqueue(redisUrl, { ...next(), model });
      await watch(redisUrl, { interval: 50 });
    });
  const hire = async () => {
    const worker = startWorker(redisUrl);
    crew.push(worker);
    await worker.ready;
  };
  /** @type {Record<'plain' | 'one' | 'two', number[]>} */
  const times = { plain: [], one: [], two: [] };
  for (let round = 0; round <= rounds; round++) {
    const first = await plain();
    if (crew.length === 0) await hire();
    const second = await queued();
    await hire();
    const third = await queued();
    await crew.pop()?.stop();
    // The first round compiles; it does not count.
    if (round > 0)
      for (const [i, list] of Object.values(times).entries())
        list.push([first, second, third][i] ?? 0);
  }
  await pool.dispose();
  const [a, b, c] = Object.values(times).map((list) => summarize(list).median);
  const perPicture = (/** @type {number} */ ms) => Math.round((ms / PICTURES) * 100) / 100;
  const ratios = times.one.map((ms, i) => ms / Number(times.plain[i]));
  const gains = times.one.map((ms, i) => ms / Number(times.two[i]));
  return {
    pictures: PICTURES,
    rounds,
    noQueueMs: perPicture(Number(a)),
    oneWorkerMs: perPicture(Number(b)),
    twoWorkersMs: perPicture(Number(c)),
    queueCostPercent: Math.round((summarize(ratios).median - 1) * 1000) / 10,
    secondWorkerSpeedup: Math.round(summarize(gains).median * 100) / 100,
  };
}

/** @param {() => Promise<unknown>} work */
async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
