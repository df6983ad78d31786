import { describe, expect, test, vi } from 'vitest';
import { createFakeBackend } from '../testing/fake-backend.js';
import { createBrowserBackend } from './browser.js';
import type { WorkerLike } from './worker/client.js';
import { startFakeWorker } from './worker/fake-worker.test-helper.js';

const fakeWorker = (name: string): WorkerLike =>
  startFakeWorker(async () => ({ ...createFakeBackend(), name }));
const starters = () => ({
  wasm: vi.fn(() => fakeWorker('wasm')),
  webgpu: vi.fn(() => fakeWorker('webgpu')),
});

test.each([undefined, 'auto', 'wasm'] as const)('%s starts the wasm Worker only', async (name) => {
  const both = starters();
  const backend = await createBrowserBackend({ backend: name }, both);
  expect(backend.name).toBe('wasm');
  expect(both.webgpu).not.toHaveBeenCalled();
  await backend.dispose();
});

test('webgpu starts its own Worker', async () => {
  const both = starters();
  const backend = await createBrowserBackend({ backend: 'webgpu' }, both);
  expect(backend.name).toBe('webgpu');
  expect(both.wasm).not.toHaveBeenCalled();
  await backend.dispose();
});

test('webgpu that does not start is ended and falls back with the reason', async () => {
  const onFallback = vi.fn();
  const broken = startFakeWorker(() => Promise.reject(new Error('no adapter')));
  const both = { ...starters(), webgpu: () => broken };
  const backend = await createBrowserBackend({ backend: 'webgpu', onFallback }, both);
  expect(backend.name).toBe('wasm');
  expect(broken.terminated).toBe(true);
  expect(onFallback).toHaveBeenCalledExactlyOnceWith({
    from: 'webgpu',
    to: 'wasm',
    reason: 'no adapter',
  });
  await backend.dispose();
});

describe('what does not work is said', () => {
  test('a Worker that may not be started', async () => {
    const wasm = (): WorkerLike => {
      throw new DOMException('cannot be accessed from origin', 'SecurityError');
    };
    await expect(createBrowserBackend({}, { ...starters(), wasm })).rejects.toMatchObject({
      code: 'BACKEND_UNAVAILABLE',
      message: expect.stringContaining('origin'),
    });
  });

  test('a Worker whose file does not load', async () => {
    const worker = startFakeWorker(() => new Promise(() => {}));
    const backend = createBrowserBackend({}, { ...starters(), wasm: () => worker });
    worker.fail('');
    await expect(backend).rejects.toMatchObject({
      code: 'BACKEND_UNAVAILABLE',
      hint: expect.stringContaining('worker.js'),
    });
    expect(worker.terminated).toBe(true);
  });

  test('a backend of Node, and none at all', async () => {
    const start = (backend: string) =>
      createBrowserBackend({ backend: backend as never }, starters());
    await expect(start('onnxruntime-node')).rejects.toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
    await expect(start('cuda')).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });
});
