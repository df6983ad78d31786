import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { FaceMorphError } from '../../errors.js';
import { FaceMorph } from '../../face-morph.js';
import { createFakeBackend, type FakeBackendOptions } from '../../testing/fake-backend.js';
import { createFakeModel } from '../../testing/fake-model.js';
import { createPoolOf } from './create-pool.js';
import { type FakeThread, startFakeThread } from './fake-thread.test-helper.js';
import type { Pool, PoolOptions } from './pool-types.js';

// Each pool loads the toy model once for every thread: longer on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const pools: Pool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.dispose()));
});

/** A pool on the toy model, and its threads in the order in which they were started. */
async function start(
  options: PoolOptions = {},
  backendOptions: FakeBackendOptions = {},
): Promise<{ pool: Pool; threads: FakeThread[] }> {
  const threads: FakeThread[] = [];
  const model = await createFakeModel();
  const pool = await createPoolOf(
    (settings) => {
      const thread = startFakeThread(settings, () =>
        FaceMorph.load({ model, backend: createFakeBackend(backendOptions) }),
      );
      threads.push(thread);
      return thread;
    },
    { workers: 2, model, ...options },
  );
  pools.push(pool);
  return { pool, threads };
}

/** Runs wait until they are let go. */
function gate(): { onRun: () => Promise<void>; release: () => void; started: () => number } {
  let release = (): void => {};
  let started = 0;
  const opened = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    onRun: () => {
      started++;
      return opened;
    },
    release: () => release(),
    started: () => started,
  };
}

async function loadFaceMorph(): Promise<FaceMorph> {
  const fm = await FaceMorph.load({ model: await createFakeModel(), backend: createFakeBackend() });
  onTestFinished(() => fm.dispose());
  return fm;
}

const latent = new Float32Array(192).fill(0.1);
const name = 'tint';

test('says what it has loaded', async () => {
  const { pool } = await start();
  expect(pool.manifest.id).toBe('fake');
  expect(pool.backend).toBe('fake');
  expect(pool.attributes.attributes.length).toBeGreaterThan(0);
  expect(pool).toMatchObject({ workers: 2, maxQueue: 32, running: 0, waiting: 0, replaced: 0 });
});

describe('gives what FaceMorph gives', () => {
  const bytes = (data: Uint8ClampedArray): Buffer => Buffer.from(data.buffer, data.byteOffset);
  const same = (a: Uint8ClampedArray, b: Uint8ClampedArray): boolean => bytes(a).equals(bytes(b));

  test('for sample and decode', async () => {
    const { pool } = await start({ workers: 1 });
    const fm = await loadFaceMorph();
    const [face] = await fm.sample({ seed: 5, truncation: 0.5 });
    const expected = await face!.render();
    const [sampled] = await pool.sample({ seed: 5, truncation: 0.5 });
    expect(sampled?.latent).toEqual(face!.latent);
    const [decoded] = await pool.decode([face!.latent]);
    for (const result of [sampled, decoded]) {
      expect(result).toMatchObject({ width: 128, height: 128 });
      expect(same(result!.picture.data, expected.data)).toBe(true);
    }
  });

  test('for encode and edit', async () => {
    const { pool } = await start({ workers: 1 });
    const fm = await loadFaceMorph();
    const picture = await fm.decode(latent);
    const { face } = await fm.open(picture, { aligned: true });
    const encoded = await pool.encode(picture, { aligned: true });
    expect(encoded.latent).toEqual(face.latent);
    expect(encoded.scores).toEqual(face.measure());

    const edits = { [fm.attributes.attributes[0]!.name]: 1 };
    const expected = await face.edit(edits);
    const edited = await pool.edit(picture, edits, { aligned: true });
    expect(same(edited.picture.data, (await expected.pixels()).data)).toBe(true);
    expect(edited).toMatchObject({ reached: expected.reached, provenance: 'edited' });
  });

  test('for morph', async () => {
    const { pool } = await start({ workers: 1 });
    const fm = await loadFaceMorph();
    const other = new Float32Array(192).fill(-0.1);
    const frames = await pool.morph(latent, other, { frames: 3 });
    const expected = await fm.morph(latent, other, { frames: 3 });
    const equal = frames.map(({ picture }, i) => same(picture.data, expected[i]!.data));
    expect(equal).toEqual([true, true, true]);
  });
});

test('gives the bytes of a file that is asked for, and leaves the input alone', async () => {
  const { pool } = await start();
  const [png] = await pool.decode([latent], { file: { type: 'image/png' } });
  expect([...png!.picture.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  const input = Buffer.from(png!.picture);
  const edited = await pool.edit(input, {}, { aligned: true, file: { type: 'image/jpeg' } });
  expect([...edited.picture.subarray(0, 2)]).toEqual([0xff, 0xd8]);
  expect(input.length).toBe(png!.picture.length);
});

test('marks what it writes, also where it is not told to', async () => {
  const { pool } = await start();
  const file = { provenance: undefined } as object;
  const [png] = await pool.decode([latent], { file });
  expect(Buffer.from(png!.picture).includes('trainedAlgorithmicMedia')).toBe(true);
});

test('refuses pictures of more pixels than allowed', async () => {
  const { pool } = await start();
  const [png] = await pool.decode([latent], { file: { type: 'image/png' } });
  const job = pool.encode(png!.picture, { aligned: true, maxPixels: 1000 });
  await expect(job).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
});

test('errors arrive whole', async () => {
  const { pool } = await start();
  const error = await pool.edit(latent, { smilling: 1 }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(FaceMorphError);
  expect(error.code).toBe('ATTRIBUTE_UNKNOWN');
  expect(error.hint).not.toBe('');
});

describe('the queue', () => {
  test('works on as many jobs as there are threads, and starts the others in order', async () => {
    const { onRun, release, started } = gate();
    const { pool } = await start({}, { onRun });
    const order: number[] = [];
    const jobs = [0, 1, 2, 3].map((n) =>
      pool.decode([latent], { onStart: () => void order.push(n) }),
    );
    await expect.poll(started).toBe(2);
    expect(order).toEqual([0, 1]);
    expect(pool).toMatchObject({ running: 2, waiting: 2 });
    release();
    await Promise.all(jobs);
    expect(order).toEqual([0, 1, 2, 3]);
    expect(pool).toMatchObject({ running: 0, waiting: 0 });
  });

  test('refuses what exceeds it, and says when there is room again', async () => {
    const { onRun, release } = gate();
    const { pool } = await start({ workers: 1, maxQueue: 1 }, { onRun });
    const accepted = [pool.decode([latent]), pool.decode([latent])];
    await expect(pool.decode([latent])).rejects.toMatchObject({
      code: 'BUSY',
      details: { running: 1, waiting: 1 },
    });
    let room = false;
    const wait = pool.room().then(() => {
      room = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(room).toBe(false);
    release();
    await wait;
    await pool.decode([latent]);
    await Promise.all(accepted);
  });

  test('who waits for room gets it, whatever those before do who were told of it', async () => {
    const { onRun, release } = gate();
    const { pool } = await start({ workers: 1, maxQueue: 0 }, { onRun });
    const job = pool.decode([latent]);
    const controller = new AbortController();
    const gone = expect(pool.room(controller.signal)).rejects.toMatchObject({ code: 'ABORTED' });
    const unused = pool.room();
    const used = [1, 2].map(async () => {
      await pool.room();
      return pool.decode([latent]);
    });
    controller.abort();
    await gone;
    release();
    await Promise.all([job, unused, ...used]);
  });

  test('a queue of 0 takes a job for each idle thread', async () => {
    const { onRun, release } = gate();
    const { pool } = await start({ workers: 1, maxQueue: 0 }, { onRun });
    const job = pool.decode([latent]);
    await expect(pool.decode([latent])).rejects.toMatchObject({ code: 'BUSY' });
    release();
    await job;
  });

  test('goes on after a caller who fails to hear that his job is taken up', async () => {
    const { pool } = await start({ workers: 1 });
    const onStart = (): void => {
      throw new Error('of the caller');
    };
    await expect(pool.decode([latent], { onStart })).rejects.toThrow('of the caller');
    await expect(pool.decode([latent])).resolves.toHaveLength(1);
  });

  test('goes on after a job that fails', async () => {
    const { pool } = await start({ workers: 1 });
    const jobs = await Promise.allSettled([
      pool.edit(latent, { [name]: Number.NaN }),
      pool.decode([latent]),
    ]);
    expect(jobs.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});

test('says when a job is taken up', async () => {
  const { onRun, release, started } = gate();
  const { pool } = await start({ workers: 1 }, { onRun });
  const begun: string[] = [];
  const jobs = ['first', 'second'].map((job) =>
    pool.decode([latent], { onStart: () => begun.push(job) }),
  );
  await expect.poll(started).toBe(1);
  expect(begun).toEqual(['first']);
  release();
  await Promise.all(jobs);
  expect(begun).toEqual(['first', 'second']);
});

describe('an abort', () => {
  test('drops a job that waits', async () => {
    const { onRun, release, started } = gate();
    const { pool } = await start({ workers: 1 }, { onRun });
    const first = pool.decode([latent]);
    const controller = new AbortController();
    const second = pool.decode([latent], { signal: controller.signal });
    await expect.poll(started).toBe(1);
    controller.abort(new Error('gone'));
    await expect(second).rejects.toMatchObject({ code: 'ABORTED' });
    expect(pool.waiting).toBe(0);
    release();
    await first;
    expect(started()).toBe(1);
  });

  test('lets the caller go at once; the thread is free when its run ends', async () => {
    const { onRun, release, started } = gate();
    const { pool } = await start({ workers: 1 }, { onRun });
    const controller = new AbortController();
    const job = pool.decode([latent], { signal: controller.signal });
    await expect.poll(started).toBe(1);
    controller.abort();
    await expect(job).rejects.toMatchObject({ code: 'ABORTED' });
    expect(pool.running).toBe(1);
    release();
    await pool.decode([latent]);
    expect(pool.replaced).toBe(0);
  });

  test('that came before is heard', async () => {
    const { pool } = await start();
    const job = pool.decode([latent], { signal: AbortSignal.abort() });
    await expect(job).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

describe('a thread that is lost', () => {
  test('is replaced, and its job is done by another', async () => {
    const { onRun, release, started } = gate();
    const { pool, threads } = await start({ workers: 1 }, { onRun });
    const job = pool.decode([latent]);
    await expect.poll(started).toBe(1);
    threads[0]!.crash();
    await expect.poll(started).toBe(2);
    release();
    await expect(job).resolves.toHaveLength(1);
    expect(pool).toMatchObject({ replaced: 1, running: 0 });
    expect(threads).toHaveLength(2);
  });

  test('twice by the same job: the job is refused, the others are done', async () => {
    const { onRun, release, started } = gate();
    const { pool, threads } = await start({ workers: 1 }, { onRun });
    const job = pool.decode([latent]);
    const other = pool.decode([latent]);
    const refused = expect(job).rejects.toMatchObject({
      code: 'WORKER_LOST',
      message: expect.stringContaining('out of memory'),
    });
    for (const attempt of [1, 2]) {
      await expect.poll(started).toBe(attempt);
      threads[attempt - 1]!.crash();
    }
    await refused;
    release();
    await expect(other).resolves.toHaveLength(1);
  });

  test('while it is idle is replaced too', async () => {
    const { pool, threads } = await start({ workers: 1 });
    threads[0]!.crash();
    await expect.poll(() => pool.replaced).toBe(1);
    await expect(pool.decode([latent])).resolves.toHaveLength(1);
  });

  test('by a job that runs too long', async () => {
    const { onRun, release, started } = gate();
    const { pool } = await start({ workers: 1 }, { onRun });
    const job = pool.decode([latent], { timeout: 20 });
    await expect(job).rejects.toMatchObject({ code: 'TIMEOUT', details: { timeout: 20 } });
    expect(started()).toBe(1);
    release();
    await pool.decode([latent]);
    expect(pool.replaced).toBe(1);
  });
});

test('takes no limit of time for one, and refuses what is none', async () => {
  const { pool } = await start({ workers: 1 });
  for (const timeout of [Number.POSITIVE_INFINITY, 0, 2 ** 31 - 1]) {
    await expect(pool.decode([latent], { timeout })).resolves.toHaveLength(1);
  }
  for (const timeout of [-1, Number.NaN, 2 ** 31]) {
    const job = pool.decode([latent], { timeout });
    await expect(job).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  }
});

describe('a pool that cannot start', () => {
  test('rejects with the reason', async () => {
    const failure = new FaceMorphError('MODEL_INTEGRITY', 'broken', { hint: 'again' });
    const starting = createPoolOf(
      (settings) =>
        startFakeThread(settings, async () => {
          throw failure;
        }),
      { workers: 2 },
    );
    await expect(starting).rejects.toMatchObject({ code: 'MODEL_INTEGRITY', hint: 'again' });
  });

  test('any more rejects all jobs with the reason', async () => {
    const model = await createFakeModel();
    const threads: FakeThread[] = [];
    const pool = await createPoolOf(
      (settings) => {
        const thread = startFakeThread(settings, async () => {
          if (threads.length > 0) throw new FaceMorphError('NETWORK', 'the disk is gone');
          return FaceMorph.load({ model, backend: createFakeBackend() });
        });
        threads.push(thread);
        return thread;
      },
      { workers: 1 },
    );
    pools.push(pool);
    threads[0]!.crash();
    await expect.poll(() => threads.length).toBe(2);
    await expect(pool.decode([latent])).rejects.toMatchObject({ code: 'NETWORK' });
    await expect(pool.decode([latent])).rejects.toMatchObject({ code: 'NETWORK' });
  });

  test.each([{ workers: 0 }, { workers: 1.5 }, { workers: 65 }, { maxQueue: -1 }])(
    'is refused with %o',
    async (options) => {
      const starting = createPoolOf(() => expect.unreachable(), options);
      await expect(starting).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    },
  );

  test('is stopped by its signal', async () => {
    const starting = createPoolOf(
      (settings) => startFakeThread(settings, () => new Promise(() => {})),
      { workers: 1, signal: AbortSignal.timeout(10) },
    );
    await expect(starting).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

test('dispose rejects what runs and waits, and all that follows; twice is no harm', async () => {
  const { onRun, started } = gate();
  const { pool } = await start({ workers: 1 }, { onRun });
  const jobs = [pool.decode([latent]), pool.decode([latent]), pool.room()];
  await expect.poll(started).toBe(1);
  const settled = Promise.allSettled(jobs);
  await Promise.all([pool.dispose(), pool.dispose()]);
  const [first, second] = await settled;
  expect(first).toMatchObject({ reason: { code: 'DISPOSED' } });
  expect(second).toMatchObject({ reason: { code: 'DISPOSED' } });
  await expect(pool.decode([latent])).rejects.toMatchObject({ code: 'DISPOSED' });
  await expect(pool.room()).rejects.toMatchObject({ code: 'DISPOSED' });
});

test('what is no face, and what cannot cross threads, is refused', async () => {
  const { pool } = await start({ workers: 1 });
  await expect(pool.encode(42 as never)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  const edits = { [name]: (() => 1) as never };
  await expect(pool.edit(latent, edits)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  await expect(pool.decode([latent])).resolves.toHaveLength(1);
});
