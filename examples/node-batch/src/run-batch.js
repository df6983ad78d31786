import { isHopeless, makeResult } from './make-result.js';
import { PICTURE, resultName, runKey } from './recipe.js';

/** @typedef {import('@facemorph/core/node').Pool} Pool */
/** @typedef {import('./progress.js').Counts} Counts */
/** @typedef {import('./recipe.js').Recipe} Recipe */
/** @typedef {import('./stores/store.js').Store} Store */

/** Pictures in memory at once, for each worker: one is worked on, one is read meanwhile. */
const AHEAD = 2;
/** What a folder of results belongs to. */
const RUN_FILE = 'facemorph-batch.json';

/**
 * Takes every picture of a source through a recipe. Stopped and started again, it goes on where it
 * was: results that are there are not made again. What fails because of the machine (a job that ran too
 * long, a thread that was lost) is tried once more when all else is done.
 *
 * @param {Pool} pool
 * @param {{ source: Store, sink: Store, recipe: Recipe, signal?: AbortSignal, onProgress?: (counts: Counts) => void, onFailure?: (name: string, error: Error) => void }} options
 * @returns {Promise<Counts & { skipped: number }>} `skipped` were there before.
 */
export async function runBatch(pool, { source, sink, recipe, signal, onProgress, onFailure }) {
  await claim(sink, recipe, pool.manifest.files.encoder.sha256);
  await sink.sweep();
  const counts = { done: 0, failed: 0, total: 0, skipped: 0 };
  for await (const _ of pictures(source)) counts.total++;

  /**
   * Takes pictures one after the other, some at a time; returns what is worth another try.
   *
   * @param {AsyncIterator<string> | Iterator<string>} names
   * @param {boolean} isLast
   */
  const takeAll = async (names, isLast) => {
    /** @type {string[]} */
    const again = [];
    const take = async (/** @type {string} */ name) => {
      const result = resultName(name, recipe);
      if (await sink.has(result)) counts.skipped++;
      else {
        try {
          await sink.write(result, await makeResult(pool, await source.read(name), recipe));
        } catch (error) {
          if (!isLast && !isHopeless(error)) return again.push(name);
          counts.failed++;
          return onFailure?.(name, /** @type {Error} */ (error));
        }
      }
      counts.done++;
    };
    const worker = async () => {
      for (let next = await names.next(); !next.done; next = await names.next()) {
        if (signal?.aborted) return;
        await take(next.value);
        onProgress?.(counts);
      }
    };
    await Promise.all(Array.from({ length: pool.workers * AHEAD }, worker));
    return again;
  };
  const again = await takeAll(pictures(source), false);
  await takeAll(again.values(), true);
  onProgress?.(counts);
  return counts;
}

/** @param {Store} source */
async function* pictures(source) {
  for await (const name of source.list()) if (PICTURE.test(name)) yield name;
}

/**
 * Writes down what the results belong to, and refuses to mix them with those of another run.
 *
 * @param {Store} sink
 * @param {Recipe} recipe
 * @param {string} model
 */
export async function claim(sink, recipe, model) {
  const key = runKey(recipe, model);
  if (!(await sink.has(RUN_FILE))) {
    const text = JSON.stringify({ key, recipe, model }, null, 2);
    await sink.write(RUN_FILE, Buffer.from(text));
    return;
  }
  const known = JSON.parse(Buffer.from(await sink.read(RUN_FILE)).toString());
  if (known.key === key) return;
  throw new Error(
    `${sink.location} holds the results of another recipe or model: choose another place`,
  );
}
