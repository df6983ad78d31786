import { UnrecoverableError, Worker } from 'bullmq';
import { isHopeless, makeResult } from '../make-result.js';
import { resultName } from '../recipe.js';
import { openStore } from '../stores/store.js';
import { connect, QUEUE } from './connection.js';

/** @typedef {import('@facemorph/core/node').Pool} Pool */
/** @typedef {import('../stores/store.js').Store} Store */
/** @typedef {import('bullmq').Job<import('./enqueue.js').JobData>} Job */

/** Milliseconds after which the job of a worker that has died is another's. */
const LOCK = 5000;
/** How often a job may lose its worker: it is not the job's fault. */
const LOSSES = 100;

/**
 * Takes jobs from the queue until it is told to stop. A result is written whole or not at all, under
 * the name that belongs to its job: a job that is done twice gives the same file twice.
 *
 * @param {string} redisUrl
 * @param {Pool} pool
 * @returns {{ stop: () => Promise<void> }} `stop` ends what is under way first.
 */
export function work(redisUrl, pool) {
  const connection = connect(redisUrl);
  const openOnce = rememberStores();
  const worker = new Worker(QUEUE, (/** @type {Job} */ job) => doJob(pool, openOnce, job), {
    connection,
    // One picture is worked on, another is read meanwhile.
    concurrency: pool.workers * 2,
    lockDuration: LOCK,
    stalledInterval: LOCK / 2,
    maxStalledCount: LOSSES,
    // Its result says that it is done; a million of them would fill Redis. They are counted: see run.js.
    removeOnComplete: { count: 0 },
    metrics: { maxDataPoints: 1 },
  });
  // Redis is away or back again: the worker waits by itself.
  worker.on('error', () => {});
  return {
    stop: async () => {
      await worker.close();
      connection.disconnect();
    },
  };
}

/** Each place is opened once: a bucket's connections are kept for all jobs. */
function rememberStores() {
  /** @type {Map<string, Store>} */
  const stores = new Map();
  return (/** @type {string} */ location) => {
    const store = stores.get(location) ?? openStore(location);
    stores.set(location, store);
    return store;
  };
}

/**
 * @param {Pool} pool
 * @param {(location: string) => Store} openOnce
 * @param {Job} job
 */
async function doJob(pool, openOnce, { data }) {
  const { name, recipe, model } = data;
  const own = pool.manifest.files.encoder.sha256;
  if (model !== own) {
    // Another worker may have it: the job is tried again.
    throw new Error(`MODEL_MISMATCH: asked for is model ${model}, this worker has ${own}`);
  }
  const sink = openOnce(data.sink);
  const result = resultName(name, recipe);
  // Its last worker may have died between writing and saying so.
  if (await sink.has(result)) return { result };
  try {
    const bytes = await openOnce(data.source).read(name);
    await sink.write(result, await makeResult(pool, bytes, recipe));
  } catch (error) {
    const { code = '', message } = /** @type {{ code?: string, message: string }} */ (error);
    if (isHopeless(error)) throw new UnrecoverableError(`${code}: ${message}`);
    throw error;
  }
  return { result };
}
