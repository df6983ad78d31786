// @vitest-environment happy-dom
import { type FaceMorph, FaceMorphError, type LoadOptions } from '@facemorph/core';
import { act, render, renderHook, screen, waitFor } from '@testing-library/react';
import { type ReactNode, StrictMode } from 'react';
import { expect, it, vi } from 'vitest';
import { loadToy } from '../testing/toy.js';
import { ModelRegistry, modelKey } from './model-registry.js';
import { ModelRegistryContext, useFaceModel } from './use-face-model.js';

interface Call {
  readonly options: LoadOptions;
  readonly resolve: (model: FaceMorph) => void;
  readonly reject: (error: unknown) => void;
}

function setUp(): {
  registry: ModelRegistry;
  calls: Call[];
  wrapper: (props: { children: ReactNode }) => ReactNode;
} {
  const calls: Call[] = [];
  const registry = new ModelRegistry(
    (options) => new Promise((resolve, reject) => calls.push({ options, resolve, reject })),
  );
  const wrapper = ({ children }: { children: ReactNode }): ReactNode => (
    <StrictMode>
      <ModelRegistryContext.Provider value={registry}>{children}</ModelRegistryContext.Provider>
    </StrictMode>
  );
  return { registry, calls, wrapper };
}

function Status(): ReactNode {
  const { status, progress } = useFaceModel();
  return <p>{`${status} ${progress?.loaded ?? '-'}`}</p>;
}

const turn = (): Promise<void> => act(async () => {});

it('loads once for many components under StrictMode, and tells how far it is', async () => {
  const { calls, wrapper } = setUp();
  const { model } = await loadToy();
  render(
    <>
      <Status />
      <Status />
    </>,
    { wrapper },
  );
  expect(calls).toHaveLength(1);
  act(() => calls[0]?.options.onProgress?.({ phase: 'download', loaded: 3, total: 9 }));
  expect(screen.getAllByText('loading 3')).toHaveLength(2);
  await act(async () => calls[0]?.resolve(model));
  expect(screen.getAllByText('ready -')).toHaveLength(2);
});

it('aborts a load that nobody waits for any more, and frees what still arrives', async () => {
  const { registry, calls, wrapper } = setUp();
  const { model } = await loadToy();
  const dispose = vi.spyOn(model, 'dispose');
  const { unmount } = renderHook(() => useFaceModel(), { wrapper });
  unmount();
  await turn();
  expect(calls[0]?.options.signal?.aborted).toBe(true);
  expect(registry.size).toBe(0);
  await act(async () => calls[0]?.resolve(model));
  expect(dispose).toHaveBeenCalledOnce();
});

it('frees the model with its last user, fifty times over', async () => {
  const { registry, calls, wrapper } = setUp();
  for (let i = 0; i < 50; i++) {
    const { model, backend } = await loadToy();
    const dispose = vi.spyOn(model, 'dispose');
    const first = renderHook(() => useFaceModel(), { wrapper });
    const second = renderHook(() => useFaceModel(), { wrapper });
    await act(async () => calls[i]?.resolve(model));
    expect(second.result.current.model).toBe(model);
    first.unmount();
    await turn();
    expect(dispose).not.toHaveBeenCalled();
    second.unmount();
    await turn();
    expect(dispose).toHaveBeenCalledOnce();
    await waitFor(() => expect(backend.openSessions).toBe(0));
  }
  expect(calls).toHaveLength(50);
  expect(registry.size).toBe(0);
});

it('says why it failed and tries again', async () => {
  const { calls, wrapper } = setUp();
  const { model } = await loadToy();
  const { result } = renderHook(() => useFaceModel(), { wrapper });
  const error = new FaceMorphError('NETWORK', 'no way out');
  await act(async () => calls[0]?.reject(error));
  expect(result.current).toMatchObject({ status: 'failed', error, model: null });
  act(() => result.current.retry());
  expect(result.current.status).toBe('loading');
  await act(async () => calls[1]?.resolve(model));
  expect(result.current).toMatchObject({ status: 'ready', model, error: null });
});

it('takes a loaded model as it is and leaves it alone', async () => {
  const { calls, wrapper } = setUp();
  const { model } = await loadToy();
  const dispose = vi.spyOn(model, 'dispose');
  const { result, unmount } = renderHook(() => useFaceModel({ model }), { wrapper });
  expect(result.current).toMatchObject({ status: 'ready', model });
  unmount();
  await turn();
  expect(calls).toHaveLength(0);
  expect(dispose).not.toHaveBeenCalled();
});

it('shares by what options mean, not by how they are written', () => {
  const cache = { read: async () => undefined, write: async () => {} } as never;
  expect(modelKey({ model: 'https://a/m', wasmPaths: { wasm: '/x' }, onFallback: () => {} })).toBe(
    modelKey({ model: new URL('https://a/m'), wasmPaths: { wasm: '/x' } }),
  );
  expect(modelKey({ cache })).toBe(modelKey({ cache }));
  expect(modelKey({ cache })).not.toBe(modelKey({ cache: false }));
  expect(modelKey({ backend: 'wasm' })).not.toBe(modelKey({}));
  expect(modelKey({ liveDecoder: 'float' })).not.toBe(modelKey({}));
  const locator = { locate: async () => [] };
  expect(modelKey({ locator })).toBe(modelKey({ locator }));
  expect(modelKey({ locator })).not.toBe(modelKey({}));
});
