import { UnrecoverableError, Worker } from 'bullmq';
import { isHopeless, makeResult } from '../make-result.js';
import { resultName } from '../recipe.js';
import { openStore } from '../stores/store.js';
import { connect, QUEUE } from './connection.js';

/** @typedef {import('@facemorph/core/node').Pool} Pool */
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
  const worker = new Worker(QUEUE, (/** @type {Job} */ job) => doJob(pool, job), {
    connection,
    // One picture is worked on, another is read meanwhile.
    concurrency: pool.workers * 2,
    lockDuration: LOCK,
    stalledInterval: LOCK / 2,
    maxStalledCount: LOSSES,
    removeOnComplete: { age: 24 * 3600 },
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

/** @param {Pool} pool @param {Job} job */
async function doJob(pool, { data }) {
  const { name, recipe } = data;
  const sink = openStore(data.sink);
  const result = resultName(name, recipe);
  // Its last worker may have died between writing and saying so.
  if (await sink.has(result)) return { result };
  try {
    const bytes = await openStore(data.source).read(name);
    await sink.write(result, await makeResult(pool, bytes, recipe));
  } catch (error) {
    const { code = '', message } = /** @type {{ code?: string, message: string }} */ (error);
    if (isHopeless(error)) throw new UnrecoverableError(`${code}: ${message}`);
    throw error;
  }
  return { result };
}
