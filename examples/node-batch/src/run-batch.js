import { inParallel } from './in-parallel.js';
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
  await claim({ source, sink, recipe, model: pool.manifest.files.encoder.sha256 });
  const counts = { done: 0, failed: 0, total: 0, skipped: 0 };
  for await (const _ of pictures(source)) counts.total++;

  /**
   * Takes pictures, some at a time; returns what is worth another try.
   *
   * @param {AsyncIterable<string> | Iterable<string>} names
   * @param {boolean} isLast
   */
  const takeAll = async (names, isLast) => {
    /** @type {string[]} */
    const again = [];
    /** @param {string} name */
    const take = async (name) => {
      const result = resultName(name, recipe);
      if (await sink.has(result)) counts.skipped++;
      else {
        try {
          await sink.write(result, await makeResult(pool, await source.read(name), recipe));
        } catch (error) {
          if (!isLast && !isHopeless(error)) again.push(name);
          else {
            counts.failed++;
            onFailure?.(name, /** @type {Error} */ (error));
          }
          return;
        }
      }
      counts.done++;
    };
    const takeOne = async (/** @type {string} */ name) => {
      await take(name);
      onProgress?.(counts);
    };
    await inParallel(names, pool.workers * AHEAD, takeOne, signal);
    return again;
  };
  const again = await takeAll(pictures(source), false);
  await takeAll(again, true);
  onProgress?.(counts);
  return counts;
}

/** Names of the pictures in a source. @param {Store} source */
export async function* pictures(source) {
  for await (const name of source.list()) if (PICTURE.test(name)) yield name;
}

/**
 * Writes down what the results belong to, and refuses to mix them with those of another run or with the
 * pictures, of which they would be taken for more. Sweeps away what killed writers have left.
 *
 * @param {{ source: Store, sink: Store, recipe: Recipe, model: string }} run
 */
export async function claim({ source, sink, recipe, model }) {
  const [from, to] = [source, sink].map(({ location }) => `${location.replace(/\/$/, '')}/`);
  if (to?.startsWith(String(from))) {
    throw new Error(`Results cannot lie among the pictures: ${to} is in ${from}`);
  }
  await sink.sweep();
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
