import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { createPool, FaceMorph, type Pool } from '@facemorph/core/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** Real worker threads, the shipped model. */
let pool: Pool;
beforeAll(async () => {
  pool = await createPool({ workers: 2 });
});
afterAll(() => pool?.dispose());

describe('a pool of two threads', () => {
  test('gives byte for byte what one FaceMorph gives', async () => {
    const fm = await FaceMorph.load();
    const [face] = await fm.sample({ seed: 7 });
    const smile = await (await face!.edit({ smiling: 2 })).encode({ type: 'image/png' });
    const files = { file: { type: 'image/png' } } as const;
    const jobs = Array.from({ length: 6 }, () => pool.edit(face!.latent, { smiling: 2 }, files));
    for (const { picture } of await Promise.all(jobs)) {
      expect(Buffer.from(picture).equals(smile)).toBe(true);
    }
    await fm.dispose();
  });

  test('edits a file in place of its face, and marks it', async () => {
    const [face] = await pool.sample({ seed: 3, file: { type: 'image/jpeg' } });
    const edited = await pool.edit(
      face!.picture,
      { smiling: 2 },
      { aligned: true, keep: ['male'], file: { type: 'image/jpeg' } },
    );
    expect(edited).toMatchObject({ width: 128, height: 128, provenance: 'edited' });
    expect(edited.reached.smiling).toBeCloseTo(2, 1);
    expect(Buffer.from(edited.picture).includes('compositeWithTrainedAlgorithmicMedia')).toBe(true);
  });

  test('leaves the event loop free', async () => {
    const latents = Array.from({ length: 60 }, () => new Float32Array(pool.manifest.latent.size));
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const start = performance.now();
    await Promise.all([pool.decode(latents), pool.decode(latents)]);
    clearInterval(timer);
    // Were the work done here, no timer would fire before its end.
    expect(performance.now() - start).toBeGreaterThan(20);
    expect(ticks).toBeGreaterThan(3);
  });

  test('goes on after a broken picture and after an aborted job', async () => {
    const broken = pool.encode(Buffer.from('no picture'), { aligned: true });
    await expect(broken).rejects.toMatchObject({ code: 'IMAGE_INVALID' });
    const controller = new AbortController();
    const latents = Array.from({ length: 100 }, () => new Float32Array(192));
    const aborted = pool.decode(latents, { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    await expect(aborted).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(pool.sample({ seed: 1 })).resolves.toHaveLength(1);
  });

  test('ends a job that runs too long, and replaces its thread', async () => {
    const latents = Array.from({ length: 2000 }, () => new Float32Array(192));
    const job = pool.decode(latents, { timeout: 50 });
    await expect(job).rejects.toMatchObject({ code: 'TIMEOUT' });
    await expect.poll(() => pool.replaced, { timeout: 10_000 }).toBe(1);
    const jobs = Array.from({ length: 4 }, () => pool.sample({ seed: 1 }));
    expect(await Promise.all(jobs)).toHaveLength(4);
  });
});

test('works from CommonJS', async () => {
  const core = createRequire(import.meta.url)('@facemorph/core/node') as {
    createPool: typeof createPool;
  };
  const small = await core.createPool({ workers: 1 });
  expect(await small.sample({ seed: 1 })).toHaveLength(1);
  await small.dispose();
});

test('says why it cannot start', async () => {
  await expect(createPool({ workers: 2, model: './no-such-model' })).rejects.toMatchObject({
    code: 'MODEL_NOT_FOUND',
  });
});
