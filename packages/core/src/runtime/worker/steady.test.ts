import { describe, expect, test, vi } from 'vitest';
import { FaceMorphError } from '../../errors.js';
import { createFakeBackend, type FakeBackend } from '../../testing/fake-backend.js';
import type { Tensor } from '../backend.js';
import { createSteadyBackend } from './steady.js';

const lost = () => new FaceMorphError('WORKER_LOST', 'gone');
const full = () =>
  new FaceMorphError('INFERENCE_FAILED', 'full', { details: { outOfMemory: true } });
const latent: { latent: Tensor } = {
  latent: { type: 'float32', dims: [1, 192], data: new Float32Array(192) },
};

/** A backend each of whose hosts runs what its turn in `lives` says. */
async function start(lives: (() => void | Promise<void>)[]) {
  const hosts: FakeBackend[] = [];
  const opened: number[] = [];
  const backend = await createSteadyBackend(async () => {
    const host = createFakeBackend({ onRun: lives[hosts.length] ?? (() => {}) });
    const { open } = host;
    host.open = (model, options) => {
      opened.push(model.byteLength);
      return open(model, options);
    };
    hosts.push(host);
    return host;
  });
  return { backend, hosts, opened };
}
const fails = (error: () => Error) => () => {
  throw error();
};

describe.each([
  ['is lost', lost],
  ['runs out of memory', full],
])('a host that %s', (_, error) => {
  test('is replaced, and the work is done there', async () => {
    const { backend, hosts, opened } = await start([fails(error)]);
    const again = vi.fn(async () => new Uint8Array(7));
    const session = await backend.open(new Uint8Array(5), { name: 'decoder', again });
    expect((await session.run(latent)).image?.dims).toEqual([1, 128, 128, 4]);
    expect(hosts.map(({ disposed }) => disposed)).toEqual([true, false]);
    expect(opened).toEqual([5, 7]);
    await session.run(latent);
    expect(again).toHaveBeenCalledOnce();
    await session.dispose();
    expect(hosts[1]?.openSessions).toBe(0);
  });

  test('twice for the same work gives up; later work is tried on a third', async () => {
    const { backend, hosts } = await start([fails(error), fails(error)]);
    const again = async () => new Uint8Array(7);
    const session = await backend.open(new Uint8Array(5), { name: 'decoder', again });
    await expect(session.run(latent)).rejects.toMatchObject({ code: error().code });
    expect(hosts).toHaveLength(2);
    await session.run(latent);
    expect(hosts.map(({ disposed }) => disposed)).toEqual([true, true, false]);
  });

  test('is the end of a session whose model cannot be had again', async () => {
    const { backend, hosts } = await start([fails(error)]);
    const session = await backend.open(new Uint8Array(5), { name: 'decoder' });
    await expect(session.run(latent)).rejects.toMatchObject({ code: error().code });
    await expect(session.run(latent)).rejects.toMatchObject({ code: 'WORKER_LOST' });
    const other = await backend.open(new Uint8Array(5), { name: 'decoder' });
    await other.run(latent);
    expect(hosts).toHaveLength(2);
  });
});

test('several sessions and overlapping runs move to one new host', async () => {
  const { backend, hosts } = await start([fails(lost)]);
  const again = async () => new Uint8Array(7);
  const sessions = await Promise.all(
    ['decoder', 'decoder-int8'].map((name) => backend.open(new Uint8Array(5), { name, again })),
  );
  const runs = sessions.flatMap((session) => [session.run(latent), session.run(latent)]);
  expect(await Promise.all(runs)).toHaveLength(4);
  expect(hosts).toHaveLength(2);
  expect(hosts[1]?.openSessions).toBe(2);
});

test('other errors are the caller’s, and end nothing', async () => {
  const { backend, hosts } = await start([fails(() => new Error('mine'))]);
  const again = async () => new Uint8Array(7);
  const session = await backend.open(new Uint8Array(5), { name: 'decoder', again });
  await expect(session.run(latent)).rejects.toThrow('mine');
  expect(hosts.map(({ disposed }) => disposed)).toEqual([false]);
});

test('a host that cannot be replaced says why, and the next call tries again', async () => {
  const start = vi.fn(async () => createFakeBackend());
  start.mockImplementationOnce(async () => createFakeBackend({ onRun: fails(lost) }));
  const backend = await createSteadyBackend(start);
  const again = async () => new Uint8Array(7);
  const session = await backend.open(new Uint8Array(5), { name: 'decoder', again });
  start.mockRejectedValueOnce(new FaceMorphError('BACKEND_UNAVAILABLE', 'no'));
  await expect(session.run(latent)).rejects.toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
  await session.run(latent);
  expect(start).toHaveBeenCalledTimes(3);
});

test('after dispose nothing is started again', async () => {
  const { backend, hosts } = await start([]);
  const again = async () => new Uint8Array(7);
  const session = await backend.open(new Uint8Array(5), { name: 'decoder', again });
  await backend.dispose();
  await backend.dispose();
  await expect(session.run(latent)).rejects.toMatchObject({ code: 'DISPOSED' });
  await expect(backend.open(new Uint8Array(1), { name: 'x' })).rejects.toMatchObject({
    code: 'DISPOSED',
  });
  expect(hosts).toHaveLength(1);
});
