import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPool, type Pool } from '@facemorph/core/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runChaos } from '../../bench/queue/chaos.mjs';
import { makePictures } from '../../bench/queue/pictures.mjs';
import { startRedis } from '../../bench/queue/redis.mjs';
import { deadLetters } from '../../examples/node-batch/src/queue/dead-letters.js';
import { enqueue } from '../../examples/node-batch/src/queue/enqueue.js';
import { watch } from '../../examples/node-batch/src/queue/watch.js';
import { work } from '../../examples/node-batch/src/queue/work.js';
import { openStore } from '../../examples/node-batch/src/stores/store.js';
import { findRedis } from '../../scripts/lib/redis.mjs';
import { startS3 } from './s3-server.js';
import { namesIn, temporaryFolder } from './support.js';

const present = findRedis() !== undefined;
if (!present) console.warn('!!! The queue is not tested: there is no redis-server');

describe.skipIf(!present)('a queue of photos', () => {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder, name);
  const recipe = { do: 'edit', edits: { smiling: 2 }, mode: 'face', aligned: true } as const;
  let redis: NonNullable<Awaited<ReturnType<typeof startRedis>>>;
  let pool: Pool;
  let job: Parameters<typeof enqueue>[1];
  beforeAll(async () => {
    for (const name of ['redis', 'results']) mkdirSync(at(name));
    redis = (await startRedis(at('redis')))!;
    pool = await createPool({ workers: 1 });
    await makePictures(pool, at('pictures'), 4);
    writeFileSync(at('pictures/broken.jpg'), 'no picture');
    const model = pool.manifest.files.encoder.sha256;
    job = { source: openStore(at('pictures')), sink: openStore(at('results')), recipe, model };
  });
  afterAll(async () => {
    await redis?.stop();
    await pool?.dispose();
  });

  test('asked for twice, a picture is in it once', async () => {
    const nothing = { added: 0, queued: 0, failed: 0, skipped: 0 };
    expect(await enqueue(redis.url, job)).toEqual({ ...nothing, added: 5 });
    expect(await enqueue(redis.url, job)).toEqual({ ...nothing, queued: 5 });
    const signal = AbortSignal.timeout(10);
    const { total } = await watch(redis.url, { signal, interval: 20 });
    expect(total).toBe(5);
  });

  test('is worked off, with progress for people and for Prometheus', async () => {
    const worker = work(redis.url, pool);
    const lines: string[] = [];
    let metrics = '';
    const metricsPort = 20_000 + Math.floor(Math.random() * 20_000);
    const counts = await watch(redis.url, {
      interval: 100,
      metricsPort,
      onLine: (line) => {
        lines.push(line);
        void fetch(`http://127.0.0.1:${metricsPort}`)
          .then((answer) => answer.text())
          .then((text) => {
            metrics = text;
          })
          .catch(() => {});
      },
    });
    await worker.stop();
    expect(counts).toEqual({ done: 4, failed: 1, total: 5 });
    expect(lines.at(-1)).toMatch(/^5\/5 .* 1 failed$/);
    expect(metrics).toMatch(/^facemorph_batch_total 5$/m);
    expect(metrics).toMatch(/^facemorph_batch_seconds_left \S+$/m);
    expect(await namesIn(job.sink)).toHaveLength(5);
  });

  test('what is hopeless is given up on at once, told of, and done again on demand', async () => {
    const [letter, ...others] = await deadLetters(redis.url);
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ name: 'broken.jpg', attempts: 1 });
    expect(letter?.reason).toMatch(/^IMAGE_INVALID: /);
    expect(await enqueue(redis.url, job)).toMatchObject({ added: 0, failed: 1, skipped: 4 });

    const good = await job.source.read('000000.jpg');
    writeFileSync(at('pictures/broken.jpg'), good);
    await deadLetters(redis.url, { retry: true });
    const worker = work(redis.url, pool);
    await watch(redis.url, { interval: 100 });
    await worker.stop();
    expect(await deadLetters(redis.url)).toEqual([]);
    expect(await namesIn(job.sink)).toContain('broken.jpg.jpg');
  });

  test('a result that was removed is made again, and one in another place beside it', async () => {
    rmSync(at('results/000002.jpg.jpg'));
    mkdirSync(at('others'));
    const other = { ...job, sink: openStore(at('others')) };
    expect(await enqueue(redis.url, job)).toMatchObject({ added: 1, skipped: 4 });
    expect(await enqueue(redis.url, other)).toMatchObject({ added: 5, skipped: 0 });
    const worker = work(redis.url, pool);
    const counts = await watch(redis.url, { interval: 100 });
    await worker.stop();
    expect(counts).toEqual({ done: 6, failed: 0, total: 6 });
    const names = await namesIn(job.sink);
    expect(await namesIn(other.sink)).toEqual(names);
    for (const name of names) {
      expect(await other.sink.read(name)).toEqual(await job.sink.read(name));
    }
  });

  test('takes pictures from a bucket and gives results to one, the same bytes', async () => {
    const stop = await startS3(at('s3'), ['photos', 'results']);
    const remote = {
      ...job,
      source: openStore('s3://photos/in'),
      sink: openStore('s3://results/out'),
    };
    const names = ['000000.jpg', '000001.jpg'];
    for (const name of names) await remote.source.write(name, await job.source.read(name));
    expect(await enqueue(redis.url, remote)).toMatchObject({ added: 2 });
    const worker = work(redis.url, pool);
    expect(await watch(redis.url, { interval: 100 })).toEqual({ done: 2, failed: 0, total: 2 });
    await worker.stop();
    for (const name of names) {
      const result = `${name}.jpg`;
      expect(await remote.sink.read(result)).toEqual(await job.sink.read(result));
    }
    expect(await enqueue(redis.url, remote)).toMatchObject({ added: 0, skipped: 2 });
    await stop();
  });

  test('a worker with another model leaves a job alone', async () => {
    mkdirSync(at('mismatch'));
    const other = { ...job, sink: openStore(at('mismatch')), model: 'f'.repeat(64) };
    expect(await enqueue(redis.url, other)).toMatchObject({ added: 5 });
    const worker = work(redis.url, pool);
    await watch(redis.url, { interval: 100 });
    await worker.stop();
    const letters = await deadLetters(redis.url, { remove: true });
    expect(letters).toHaveLength(5);
    for (const { reason, attempts } of letters) {
      expect(reason).toMatch(/^MODEL_MISMATCH: /);
      expect(attempts).toBe(4);
    }
    expect(await namesIn(other.sink)).toEqual(['facemorph-batch.json']);
    expect(await deadLetters(redis.url)).toEqual([]);
  });

  test('what may get better is tried again, with pauses', async () => {
    writeFileSync(at('pictures/late.jpg'), await job.source.read('000001.jpg'));
    await enqueue(redis.url, job);
    const late = await job.source.read('late.jpg');
    rmSync(at('pictures/late.jpg'));
    const worker = work(redis.url, pool);
    setTimeout(() => writeFileSync(at('pictures/late.jpg'), late), 700);
    await watch(redis.url, { interval: 100 });
    await worker.stop();
    expect(await deadLetters(redis.url)).toEqual([]);
    expect(await namesIn(job.sink)).toContain('late.jpg.jpg');
  });
});

/** `npm run chaos` takes 2,000 pictures. */
test.skipIf(!present)(
  'workers and Redis are killed: every result is there once, and right',
  async () => {
    const report = await runChaos({ count: 60, workers: 2, killEvery: 1500, timeout: 240_000 });
    expect(report).toMatchObject({
      pictures: 60,
      results: 60,
      redisRestarts: 1,
      ...{ missing: 0, unexpected: 0, different: 0, failed: 0 },
    });
    expect(report?.kills).toBeGreaterThan(0);
  },
  300_000,
);
