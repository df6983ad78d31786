import { Queue } from 'bullmq';
import { jobKey, PICTURE, resultName } from '../recipe.js';
import { claim } from '../run-batch.js';
import { connect, QUEUE } from './connection.js';

/** @typedef {import('../recipe.js').Recipe} Recipe */
/** @typedef {import('../stores/store.js').Store} Store */

/**
 * What a job carries: where things are, and what is to be done; no pictures.
 *
 * @typedef {object} JobData
 * @property {string} source
 * @property {string} sink
 * @property {string} name
 * @property {Recipe} recipe
 */

/** How often a picture is tried, and the first pause in ms, doubled each time. */
const RETRY = { attempts: 4, backoff: { type: 'exponential', delay: 500 } };
/** Jobs are handed to Redis in batches of this many. */
const BATCH = 100;

/**
 * Puts a job for every picture into the queue. Its id is the hash of picture, recipe and model: asked
 * for twice, a picture is worked on once; what has a result already is left out.
 *
 * @param {string} redisUrl
 * @param {{ source: Store, sink: Store, recipe: Recipe, model: string }} options
 * @returns {Promise<{ added: number, skipped: number }>}
 */
export async function enqueue(redisUrl, { source, sink, recipe, model }) {
  await claim(sink, recipe, model);
  await sink.sweep();
  const connection = connect(redisUrl);
  const queue = new Queue(QUEUE, { connection });
  const counts = { added: 0, skipped: 0 };
  /** @type {Parameters<Queue['addBulk']>[0]} */
  let batch = [];
  const flush = async () => {
    await queue.addBulk(batch);
    batch = [];
  };
  for await (const name of source.list()) {
    if (!PICTURE.test(name)) continue;
    if (await sink.has(resultName(name, recipe))) {
      counts.skipped++;
      continue;
    }
    // Two pictures of the same bytes have results of their own: the name belongs to the id.
    const jobId = `${jobKey(await source.read(name), recipe, model)}-${Buffer.from(name).toString('hex')}`;
    /** @type {JobData} */
    const data = { source: source.location, sink: sink.location, name, recipe };
    batch.push({ name: recipe.do, data, opts: { jobId, ...RETRY } });
    counts.added++;
    if (batch.length === BATCH) await flush();
  }
  await flush();
  await queue.close();
  connection.disconnect();
  return counts;
}
