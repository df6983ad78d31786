#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { createPool } from '@facemorph/core/node';
import { collectParquet } from './collect.js';
import { Progress, showLine } from './progress.js';
import { deadLetters } from './queue/dead-letters.js';
import { enqueue } from './queue/enqueue.js';
import { watch } from './queue/watch.js';
import { work } from './queue/work.js';
import { readRecipe } from './read-recipe.js';
import { runBatch } from './run-batch.js';
import { openStore } from './stores/store.js';

const HELP = `facemorph-batch run SOURCE SINK --recipe recipe.json [--workers N]
facemorph-batch enqueue SOURCE SINK --recipe recipe.json
facemorph-batch work [--workers N]
facemorph-batch watch [--metrics PORT] [--forever]
facemorph-batch failed [--retry | --remove]
facemorph-batch parquet RESULTS SINK

SOURCE and SINK are folders or s3://bucket/prefix. A recipe: { "do": "edit", "edits": { "smiling": 2 } }
or { "do": "encode" }, or one that \`facemorph edit --save-recipe\` wrote. The queue is at --redis URL, by
default $REDIS_URL or redis://127.0.0.1:6379. --workers: threads, by default one for each core.`;

/** A command line that cannot be understood. */
class UsageError extends Error {}

const options = /** @type {const} */ ({
  recipe: { type: 'string' },
  workers: { type: 'string' },
  redis: { type: 'string', default: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379' },
  metrics: { type: 'string' },
  forever: { type: 'boolean', default: false },
  retry: { type: 'boolean', default: false },
  remove: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
});

/** @typedef {ReturnType<typeof readCommandLine>} CommandLine */

/** @type {Record<string, { takes: number, run: (line: CommandLine) => Promise<unknown> }>} */
const COMMANDS = {
  run: { takes: 2, run },
  enqueue: { takes: 2, run: putIntoQueue },
  work: { takes: 0, run: workUntilStopped },
  watch: { takes: 0, run: follow },
  failed: { takes: 0, run: showFailed },
  parquet: { takes: 2, run: toParquet },
};

/** @param {CommandLine} line */
async function run({ values, from, to }) {
  const pool = await createPool({ workers: wholeNumber(values.workers, 'workers') });
  try {
    const progress = new Progress();
    const { done, failed, total, skipped } = await runBatch(pool, {
      source: openStore(from),
      sink: openStore(to),
      recipe: await readRecipe(needRecipe(values), pool.attributes),
      signal: stopSignal(),
      onProgress: (now) => showLine(progress.update(now).line),
      onFailure: (name, { message }) => console.error(`\n${name}: ${message}`),
    });
    console.log(`\n${done} of ${total} done, ${skipped} of them before, ${failed} failed`);
    if (done < total) process.exitCode = 1;
  } finally {
    await pool.dispose();
  }
}

/** @param {CommandLine} line */
async function putIntoQueue({ values, from, to }) {
  const pool = await createPool({ workers: 1 });
  const model = pool.manifest.files.encoder.sha256;
  const { attributes } = pool;
  await pool.dispose();
  const recipe = await readRecipe(needRecipe(values), attributes);
  const job = { source: openStore(from), sink: openStore(to), recipe, model };
  const { added, queued, failed, skipped } = await enqueue(values.redis, job);
  console.log(
    `${added} pictures put into the queue, ${queued} were in it, ${skipped} were done before`,
  );
  if (failed > 0) console.log(`${failed} have failed before: see \`failed\`, and \`--retry\``);
}

/** @param {CommandLine} line */
async function workUntilStopped({ values }) {
  const pool = await createPool({ workers: wholeNumber(values.workers, 'workers') });
  const worker = work(values.redis, pool);
  console.log(`working with ${pool.workers} threads on ${pool.backend}`);
  const stop = stopSignal();
  await new Promise((resolve) => stop.addEventListener('abort', resolve));
  await worker.stop();
  await pool.dispose();
}

/** @param {CommandLine} line */
async function follow({ values }) {
  const metricsPort = wholeNumber(values.metrics, 'metrics');
  const port = metricsPort === undefined ? {} : { metricsPort };
  const settings = { ...port, forever: values.forever, onLine: showLine };
  const { done, failed, total } = await watch(values.redis, settings);
  console.log(`\n${done} of ${total} done, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

/** @param {CommandLine} line */
async function showFailed({ values }) {
  const { retry, remove } = values;
  if (retry && remove) throw new UsageError('Give --retry or --remove, not both');
  const letters = await deadLetters(values.redis, { retry, remove });
  for (const { name, reason, attempts } of letters) {
    console.log(`${name}\t${attempts} attempts\t${reason}`);
  }
  const now = retry ? ', back in the queue' : remove ? ', forgotten' : '';
  console.error(`${letters.length} failed${now}`);
}

/** @param {CommandLine} line */
async function toParquet({ from, to }) {
  const { files, rows } = await collectParquet(openStore(from), openStore(to));
  console.log(`${rows} faces in ${files.length} files`);
}

/** @param {string[]} args @throws {UsageError} */
function readCommandLine(args) {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [name = '', from = '', to = ''] = positionals;
    return { values, name, from, to, count: positionals.length - 1 };
  } catch (error) {
    throw new UsageError(/** @type {Error} */ (error).message);
  }
}

/** @param {{ recipe?: string | undefined }} values */
function needRecipe({ recipe }) {
  if (recipe !== undefined) return recipe;
  throw new UsageError('--recipe FILE is missing');
}

/** @param {string | undefined} text @param {string} option */
function wholeNumber(text, option) {
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new UsageError(`Expected a whole number for --${option} but received "${text}"`);
}

/** Aborts at Ctrl+C, and when the process is to end. */
function stopSignal() {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());
  return stop.signal;
}

try {
  const line = readCommandLine(process.argv.slice(2));
  const command = Object.hasOwn(COMMANDS, line.name) ? COMMANDS[line.name] : undefined;
  if (line.values.help) console.log(HELP);
  else if (command === undefined) throw new UsageError(`There is no command "${line.name}"`);
  else if (line.count !== command.takes) {
    throw new UsageError(`${line.name} takes ${command.takes || 'no'} places, not ${line.count}`);
  } else await command.run(line);
} catch (error) {
  const { message, hint = '' } = /** @type {Error & { hint?: string }} */ (error);
  console.error(`facemorph-batch: ${message}${hint && `. ${hint}`}`);
  if (error instanceof UsageError) console.error(`\n${HELP}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
