#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { createPool } from '@facemorph/core/node';
import { collectParquet } from './collect.js';
import { Progress, showLine } from './progress.js';
import { deadLetters } from './queue/dead-letters.js';
import { enqueue } from './queue/enqueue.js';
import { watch } from './queue/watch.js';
import { work } from './queue/work.js';
import { readRecipe } from './recipe.js';
import { runBatch } from './run-batch.js';
import { openStore } from './stores/store.js';

const HELP = `facemorph-batch run SOURCE SINK --recipe recipe.json [--workers N]
facemorph-batch enqueue SOURCE SINK --recipe recipe.json
facemorph-batch work [--workers N]
facemorph-batch watch [--metrics PORT] [--forever]
facemorph-batch failed [--retry]
facemorph-batch parquet RESULTS SINK

SOURCE and SINK are folders or s3://bucket/prefix. A recipe: { "do": "edit", "edits": { "smiling": 2 } }
or { "do": "encode" }. The queue is at --redis URL, by default redis://127.0.0.1:6379.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    recipe: { type: 'string' },
    workers: { type: 'string' },
    redis: { type: 'string', default: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379' },
    metrics: { type: 'string' },
    forever: { type: 'boolean', default: false },
    retry: { type: 'boolean', default: false },
  },
});
const [command = '', from = '', to = ''] = positionals;
const { redis } = values;
const workers = values.workers === undefined ? undefined : Number(values.workers);

/** @type {Record<string, () => Promise<unknown>>} */
const commands = {
  async run() {
    const pool = await createPool({ workers });
    const progress = new Progress();
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    const counts = await runBatch(pool, {
      source: openStore(from),
      sink: openStore(to),
      recipe: await readRecipe(values.recipe ?? ''),
      signal: stop.signal,
      onProgress: (now) => showLine(progress.update(now).line),
      onFailure: (name, { message }) => console.error(`\n${name}: ${message}`),
    });
    await pool.dispose();
    console.log(
      `\n${counts.done} of ${counts.total} done, ${counts.skipped} of them before, ${counts.failed} failed`,
    );
    if (counts.failed > 0) process.exitCode = 1;
  },
  async enqueue() {
    const pool = await createPool({ workers: 1 });
    const model = pool.manifest.files.encoder.sha256;
    await pool.dispose();
    const recipe = await readRecipe(values.recipe ?? '');
    const job = { source: openStore(from), sink: openStore(to), recipe, model };
    const { added, skipped } = await enqueue(redis, job);
    console.log(`${added} pictures in the queue, ${skipped} were done before`);
  },
  async work() {
    const pool = await createPool({ workers });
    const worker = work(redis, pool);
    console.log(`working with ${pool.workers} threads on ${pool.backend}`);
    await new Promise((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    await worker.stop();
    await pool.dispose();
  },
  async watch() {
    const port = values.metrics === undefined ? {} : { metricsPort: Number(values.metrics) };
    const options = { ...port, forever: values.forever, onLine: showLine };
    const { done, failed, total } = await watch(redis, options);
    console.log(`\n${done} of ${total} done, ${failed} failed`);
    if (failed > 0) process.exitCode = 1;
  },
  async failed() {
    const letters = await deadLetters(redis, { retry: values.retry });
    for (const { name, reason, attempts } of letters) {
      console.log(`${name}\t${attempts} attempts\t${reason}`);
    }
    console.error(`${letters.length} failed${values.retry ? ', back in the queue' : ''}`);
  },
  async parquet() {
    const { files, rows } = await collectParquet(openStore(from), openStore(to));
    console.log(`${rows} faces in ${files.length} files`);
  },
};

const chosen = Object.hasOwn(commands, command) ? commands[command] : undefined;
if (chosen) {
  await chosen().catch((error) => {
    console.error(`facemorph-batch: ${error.message}`);
    process.exitCode = 1;
  });
} else {
  console.error(HELP);
  process.exitCode = 2;
}
