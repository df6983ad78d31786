import { Queue } from 'bullmq';
import { inParallel } from '../in-parallel.js';
import { jobId, jobKey, resultName } from '../recipe.js';
import { claim, pictures } from '../run-batch.js';
import { connect, QUEUE } from './connection.js';
import { beginRun } from './run.js';

/** @typedef {import('../recipe.js').Recipe} Recipe */
/** @typedef {import('../stores/store.js').Store} Store */

/**
 * What a job carries: where things are, and what is to be done by which model; no pictures.
 *
 * @typedef {object} JobData
 * @property {string} source
 * @property {string} sink
 * @property {string} name
 * @property {Recipe} recipe
 * @property {string} model SHA-256 of its encoder.
 */

/** How often a picture is tried, and the first pause in ms, doubled each time. */
const RETRY = { attempts: 4, backoff: { type: 'exponential', delay: 500 } };
/** Pictures that are read at once, to hash them: a bucket takes its time for each. */
const AT_ONCE = 16;

/**
 * Puts a job for every picture into the queue. Its id is the hash of picture, recipe and model, and of where
 * the result goes: asked for twice, a picture is worked on once; what has a result already is left out.
 *
 * @param {string} redisUrl
 * @param {{ source: Store, sink: Store, recipe: Recipe, model: string }} run
 * @returns {Promise<{ added: number, queued: number, failed: number, skipped: number }>} `queued` were in
 * the queue before, `failed` are among the dead letters, `skipped` have their result.
 */
export async function enqueue(redisUrl, run) {
  const { source, sink, recipe, model } = run;
  await claim(run);
  const connection = connect(redisUrl);
  const queue = new Queue(QUEUE, { connection });
  const counts = { added: 0, queued: 0, failed: 0, skipped: 0 };
  try {
    await beginRun(queue);
    await inParallel(pictures(source), AT_ONCE, async (name) => {
      if (await sink.has(resultName(name, recipe))) {
        counts.skipped++;
        return;
      }
      const id = jobId(jobKey(await source.read(name), recipe, model), sink.location, name);
      const state = await queue.getJobState(id);
      if (state === 'failed') counts.failed++;
      else if (state !== 'unknown') counts.queued++;
      else {
        /** @type {JobData} */
        const data = { source: source.location, sink: sink.location, name, recipe, model };
        await queue.add(recipe.do, data, { jobId: id, ...RETRY });
        counts.added++;
      }
    });
  } finally {
    await queue.close();
    connection.disconnect();
  }
  return counts;
}
