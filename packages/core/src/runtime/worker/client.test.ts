import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FaceMorphError } from '../../errors.js';
import { createFakeBackend, type FakeBackendOptions } from '../../testing/fake-backend.js';
import type { Backend, Tensor } from '../backend.js';
import { createWorkerBackend } from './client.js';
import { type FakeWorker, startFakeWorker } from './fake-worker.test-helper.js';

const latent = (count = 1): { latent: Tensor } => ({
  latent: { type: 'float32', dims: [count, 192], data: new Float32Array(count * 192) },
});

async function start(
  options: FakeBackendOptions = {},
): Promise<{ backend: Backend; worker: FakeWorker; inside: ReturnType<typeof createFakeBackend> }> {
  const inside = createFakeBackend(options);
  const worker = startFakeWorker(async () => inside);
  return { backend: await createWorkerBackend(worker, { threads: 1 }), worker, inside };
}

test('errors arrive whole: class, code, hint and details', async () => {
  const failure = new FaceMorphError('INFERENCE_FAILED', 'what', { hint: 'do', details: { n: 1 } });
  const { backend } = await start({ onOpen: () => Promise.reject(failure) });
  const error = await backend.open(new Uint8Array(3), { name: 'decoder' }).catch((e) => e);
  expect(error).toBeInstanceOf(FaceMorphError);
  expect(error.toJSON()).toEqual(failure.toJSON());
  await backend.dispose();
});

test('the model is moved, not copied, and a view does not take its neighbours along', async () => {
  const { backend } = await start();
  const whole = new Uint8Array(100);
  await backend.open(whole, { name: 'decoder' });
  expect(whole.byteLength).toBe(0);
  const neighbours = new Uint8Array(100);
  await backend.open(neighbours.subarray(10, 20), { name: 'decoder' });
  expect(neighbours.byteLength).toBe(100);
  await backend.dispose();
});

test('an aborted run that waits is never run in the Worker', async () => {
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { backend, inside } = await start({ onRun: () => gate });
  const session = await backend.open(new Uint8Array(1), { name: 'decoder' });
  const controller = new AbortController();
  const first = session.run(latent(1));
  const second = session.run(latent(2), { signal: controller.signal });
  const third = session.run(latent(3));
  controller.abort();
  await expect(second).rejects.toMatchObject({ code: 'ABORTED' });
  // The cancellation is a message: let it get there before the first run ends.
  await new Promise((resolve) => setTimeout(resolve, 20));
  release();
  await Promise.all([first, third]);
  expect(inside.runs.map(({ batch }) => batch)).toEqual([1, 3]);
  await backend.dispose();
});

test('a session that was opened for a caller who has gone is closed', async () => {
  const { backend, inside } = await start();
  const controller = new AbortController();
  const opening = backend.open(new Uint8Array(1), {
    name: 'decoder',
    signal: controller.signal,
  });
  const refused = expect(opening).rejects.toMatchObject({ code: 'ABORTED' });
  // Then its answer is on its way.
  while (inside.openSessions === 0) await new Promise((resolve) => setImmediate(resolve));
  controller.abort();
  await refused;
  await vi.waitFor(() => expect(inside.openSessions).toBe(0));
  await backend.dispose();
});

test('dispose ends the Worker and rejects what is in flight', async () => {
  const { backend, worker } = await start({ onRun: () => new Promise(() => {}) });
  const session = await backend.open(new Uint8Array(1), { name: 'decoder' });
  const run = session.run(latent());
  const rejected = expect(run).rejects.toMatchObject({ code: 'DISPOSED' });
  await backend.dispose();
  await rejected;
  expect(worker.terminated).toBe(true);
  await session.dispose();
});

test('a Worker that breaks down rejects what is in flight and all that follows', async () => {
  const { backend, worker } = await start({ onRun: () => new Promise(() => {}) });
  const session = await backend.open(new Uint8Array(1), { name: 'decoder' });
  const run = session.run(latent());
  worker.fail('no such thing');
  await expect(run).rejects.toMatchObject({
    code: 'WORKER_LOST',
    message: expect.stringContaining('no such thing'),
    hint: expect.stringMatching(/./),
  });
  await expect(session.run(latent())).rejects.toMatchObject({ code: 'WORKER_LOST' });
  await session.dispose();
});

test('one that has run out of memory is ended: its wasm keeps the memory', async () => {
  const full = new FaceMorphError('INFERENCE_FAILED', 'full', { details: { outOfMemory: true } });
  const { backend, worker } = await start({ onRun: () => Promise.reject(full) });
  const session = await backend.open(new Uint8Array(1), { name: 'decoder' });
  const [first, second] = await Promise.allSettled([session.run(latent()), session.run(latent())]);
  expect(first).toMatchObject({ reason: { code: 'INFERENCE_FAILED', message: 'full' } });
  expect(second).toMatchObject({ reason: { code: 'WORKER_LOST' } });
  expect(worker.terminated).toBe(true);
});

describe('a Worker that says nothing', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  /** Seconds of the page, in which messages arrive. */
  async function wait(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      vi.advanceTimersByTime(1000);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  test('is lost after 20 seconds, without an event', async () => {
    const { backend, worker } = await start();
    const session = await backend.open(new Uint8Array(1), { name: 'decoder' });
    worker.vanish();
    const run = session.run(latent()).catch((error) => error);
    await wait(19);
    expect(worker.terminated).toBe(false);
    await wait(1);
    expect(await run).toMatchObject({
      code: 'WORKER_LOST',
      message: expect.stringMatching(/no longer answers/),
    });
    expect(worker.terminated).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('but answers when it is asked may take as long as it needs', async () => {
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { backend } = await start({ onRun: () => gate });
    const session = await backend.open(new Uint8Array(1), { name: 'decoder' });
    const run = session.run(latent());
    await wait(100);
    release();
    expect((await run).image?.dims).toEqual([1, 128, 128, 4]);
    await wait(5);
    expect(vi.getTimerCount()).toBe(0);
    await backend.dispose();
  });

  test('may take a minute to open a model', async () => {
    const { backend, worker } = await start({ onOpen: () => new Promise(() => {}) });
    worker.vanish();
    const opened = backend.open(new Uint8Array(1), { name: 'decoder' }).catch((error) => error);
    await wait(59);
    expect(worker.terminated).toBe(false);
    await wait(1);
    expect(await opened).toMatchObject({ code: 'WORKER_LOST' });
  });

  test('may take a second more for each item of a batch', async () => {
    const { backend, worker } = await start();
    const session = await backend.open(new Uint8Array(1), { name: 'decoder' });
    worker.vanish();
    const run = session.run(latent(11)).catch((error) => error);
    await wait(29);
    expect(worker.terminated).toBe(false);
    await wait(1);
    expect(await run).toMatchObject({ code: 'WORKER_LOST' });
  });

  test('is not missed while the page is hidden, and has its whole time when it is seen again', async () => {
    const page = { visibilityState: 'visible' };
    vi.stubGlobal('document', page);
    const { backend, worker } = await start();
    const session = await backend.open(new Uint8Array(1), { name: 'decoder' });
    worker.vanish();
    const run = session.run(latent()).catch((error) => error);
    await wait(19);
    page.visibilityState = 'hidden';
    await wait(100);
    page.visibilityState = 'visible';
    await wait(19);
    expect(worker.terminated).toBe(false);
    await wait(1);
    expect(await run).toMatchObject({ code: 'WORKER_LOST' });
  });
});
