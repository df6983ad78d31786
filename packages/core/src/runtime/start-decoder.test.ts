import { describe, expect, test, vi } from 'vitest';
import type { LoadedModel } from '../model/load-model.js';
import { loadModel } from '../model/load-model.js';
import type { ModelSource } from '../model/manifest-types.js';
import { platform } from '../platform/node.js';
import { createFakeBackend } from '../testing/fake-backend.js';
import { createFakeModel } from '../testing/fake-model.js';
import type { Backend, Session } from './backend.js';
import { startDecoder } from './start-decoder.js';

const base64 = (data: Uint8Array): string => Buffer.from(data).toString('base64');

/** The toy model with golden latents that the toy backend decodes to, plus `offset`. */
async function modelWithParity(offset: number): Promise<LoadedModel> {
  const latent = Float32Array.from({ length: 192 }, (_, i) => Math.sin(i));
  const session = await createFakeBackend().open(new Uint8Array(), { name: 'decoder' });
  const { image } = await session.run({
    latent: { type: 'float32', dims: [1, 192], data: latent },
  });
  const shifted = Uint8Array.from(image?.data ?? [], (v) => (v > 128 ? v - offset : v + offset));
  const parity = JSON.stringify({
    vectors: [{ latent: base64(new Uint8Array(latent.buffer)), image: base64(shifted) }],
  });
  const model = await loadModel(await createFakeModel(), platform);
  return {
    ...model,
    has: (role) => role === 'parity' || model.has(role),
    file: async (role, options) =>
      role === 'parity' ? new TextEncoder().encode(parity) : model.file(role, options),
  };
}

function backends(webgpu: Partial<Backend> = {}) {
  const created: (Backend & { readonly disposed: boolean })[] = [];
  const createBackend = vi.fn(async ({ backend }: { backend?: unknown }) => {
    const fake = createFakeBackend();
    const named =
      backend === 'webgpu'
        ? Object.assign(Object.create(fake), { name: 'webgpu', ...webgpu })
        : Object.assign(Object.create(fake), { name: 'wasm' });
    created.push(named);
    return named as Backend;
  });
  return { created, createBackend };
}

test('webgpu that decodes the golden latents is used', async () => {
  const { createBackend } = backends();
  const onFallback = vi.fn();
  const options = { backend: 'webgpu', createBackend, onFallback } as const;
  const started = await startDecoder(await modelWithParity(3), new Uint8Array(4), options);
  expect(started.backend.name).toBe('webgpu');
  expect(onFallback).not.toHaveBeenCalled();
});

describe('webgpu gives way to wasm, is disposed of and the reason told', () => {
  const decode = async (model: LoadedModel, webgpu: Partial<Backend> = {}) => {
    const { created, createBackend } = backends(webgpu);
    const onFallback = vi.fn();
    const options = { backend: 'webgpu', createBackend, onFallback } as const;
    const { backend } = await startDecoder(model, Uint8Array.of(1, 2, 3), options);
    expect(backend.name).toBe('wasm');
    expect(created.map(({ name, disposed }) => [name, disposed])).toEqual([
      ['webgpu', true],
      ['wasm', false],
    ]);
    expect(onFallback).toHaveBeenCalledOnce();
    return onFallback.mock.calls[0]?.[0].reason as string;
  };

  test('when its pictures are off', async () => {
    expect(await decode(await modelWithParity(4))).toMatch(/golden latent 0 .* 4\/255/);
  });

  test('when the model has nothing to test it with', async () => {
    const model = await loadModel((await createFakeModel()) as ModelSource, platform);
    expect(await decode(model)).toMatch(/no golden latents/);
  });

  test('when it refuses the model; the bytes are still there for wasm', async () => {
    const open = async (model: Uint8Array): Promise<Session> => {
      structuredClone(model, { transfer: [model.buffer as ArrayBuffer] });
      throw new Error('unsupported operator');
    };
    expect(await decode(await modelWithParity(0), { open })).toMatch(/unsupported operator/);
  });
});

test('an abort is an abort, not a reason to fall back', async () => {
  const controller = new AbortController();
  const open = async (): Promise<Session> => {
    controller.abort();
    throw new Error('aborted');
  };
  const { createBackend } = backends({ open });
  const onFallback = vi.fn();
  const { signal } = controller;
  await expect(
    startDecoder(await modelWithParity(0), new Uint8Array(1), {
      backend: 'webgpu',
      createBackend,
      onFallback,
      signal,
    }),
  ).rejects.toMatchObject({ code: 'ABORTED' });
  expect(onFallback).not.toHaveBeenCalled();
});

test('a decoder that does not open frees its backend', async () => {
  const fake = createFakeBackend({ onOpen: () => Promise.reject(new Error('bad model')) });
  const createBackend = async (): Promise<Backend> => fake;
  await expect(
    startDecoder(await modelWithParity(0), new Uint8Array(1), { createBackend }),
  ).rejects.toThrow('bad model');
  expect(fake.disposed).toBe(true);
});
