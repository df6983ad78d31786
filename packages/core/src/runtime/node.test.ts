import { expect, test, vi } from 'vitest';
import { createNodeBackend, type OrtImports } from './node.js';
import type { Ort } from './ort.js';

const ort = (): Ort => ({ env: { wasm: {} } }) as unknown as Ort;
const missing = (name: string) => async (): Promise<Ort> => {
  throw Object.assign(new Error(`Cannot find package '${name}' imported from x.js`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
};
const installed: OrtImports = { native: async () => ort(), wasm: async () => ort() };
const withoutNative: OrtImports = { ...installed, native: missing('onnxruntime-node') };

test('auto takes onnxruntime-node where it is installed', async () => {
  const onFallback = vi.fn();
  expect((await createNodeBackend({ onFallback }, installed)).name).toBe('onnxruntime-node');
  expect(onFallback).not.toHaveBeenCalled();
});

test('auto falls back to wasm and says why', async () => {
  const onFallback = vi.fn();
  expect((await createNodeBackend({ onFallback }, withoutNative)).name).toBe('wasm');
  expect(onFallback).toHaveBeenCalledExactlyOnceWith({
    from: 'onnxruntime-node',
    to: 'wasm',
    reason: 'onnxruntime-node is not installed',
  });
});

test('by name there is no fallback', async () => {
  const backend = 'onnxruntime-node';
  await expect(createNodeBackend({ backend }, withoutNative)).rejects.toMatchObject({
    code: 'DEPENDENCY_MISSING',
    hint: 'npm i onnxruntime-node',
  });
  const native = async (): Promise<Ort> => {
    throw Object.assign(new Error("Cannot find module '../bin/napi-v6/darwin/x64/x.node'"), {
      code: 'MODULE_NOT_FOUND',
    });
  };
  await expect(createNodeBackend({ backend }, { ...installed, native })).rejects.toMatchObject({
    code: 'BACKEND_UNAVAILABLE',
    message: expect.stringContaining('darwin/x64'),
  });
  await expect(createNodeBackend({ backend: 'webgpu' }, installed)).rejects.toMatchObject({
    code: 'BACKEND_UNAVAILABLE',
  });
});

test('bad options are refused before anything is imported', async () => {
  const native = vi.fn();
  for (const threads of [0, 1.5, Number.NaN, 1000]) {
    await expect(createNodeBackend({ threads }, { ...installed, native })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
  }
  await expect(
    createNodeBackend({ backend: 'cuda' as never }, { ...installed, native }),
  ).rejects.toMatchObject({ code: 'ARGUMENT_INVALID', message: expect.stringContaining('"cuda"') });
  expect(native).not.toHaveBeenCalled();
});

test('the settings reach the wasm runtime', async () => {
  const wasm = ort();
  await createNodeBackend(
    { backend: 'wasm', threads: 2, wasmPaths: 'file:///wasm/' },
    { ...installed, wasm: async () => wasm },
  );
  expect(wasm.env.wasm).toMatchObject({ numThreads: 2, wasmPaths: 'file:///wasm/', proxy: false });
});
