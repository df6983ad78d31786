// @vitest-environment happy-dom
import type { FaceMorph } from '@facemorph/core';
import { act, renderHook, waitFor } from '@testing-library/react';
import { StrictMode } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { loadToy, toyPicture } from '../testing/toy.js';
import { sourceKey } from './use-face.js';
import { useFaceMorph } from './use-face-morph.js';

let model: FaceMorph;

beforeEach(async () => {
  ({ model } = await loadToy());
});

it('gives up a picture that is being opened when another face is shown meanwhile', async () => {
  const photo = await toyPicture(model, 5);
  const onCommit = vi.fn();
  const { result } = renderHook(() => useFaceMorph({ load: { model }, onCommit }), {
    wrapper: StrictMode,
  });
  await waitFor(() => expect(result.current.face.opened).not.toBeNull());
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const open = model.open.bind(model);
  vi.spyOn(model, 'open').mockImplementation(async (...parameters) => {
    await held;
    // As if the work had been done before the signal came.
    return open(parameters[0], { ...parameters[1], signal: undefined });
  });
  act(() => result.current.openPhoto(photo));
  expect(result.current.opening).toBe(true);
  const wanted = { seed: 7, index: 3 };
  act(() => result.current.showFace(wanted));
  expect(result.current.opening).toBe(false);
  await act(async () => {
    release();
    await new Promise((resolve) => setTimeout(resolve, 100));
  });
  expect(result.current.source).toEqual(wanted);
  expect(onCommit).toHaveBeenCalledOnce();
});

it('knows a source written in place again, and one that has got landmarks as another', () => {
  const photo = () => new URL('https://example.org/a.jpg');
  const landmarks = [[1, 2], [3, 4], [5, 6], [7, 8], [9, 10]] as const; // biome-ignore format: one line
  expect(sourceKey({ photo: photo() })).toBe(sourceKey({ photo: photo() }));
  const file = new Blob([]);
  expect(sourceKey({ photo: file })).toBe(sourceKey({ photo: file }));
  expect(sourceKey({ photo: file })).not.toBe(sourceKey({ photo: new Blob([]) }));
  expect(sourceKey({ photo: file, landmarks })).not.toBe(sourceKey({ photo: file }));
});

it('lets go of the faces of a model that is not used any more', async () => {
  const { model: other } = await loadToy();
  const { result, rerender } = renderHook(
    (now: FaceMorph) => useFaceMorph({ load: { model: now } }),
    {
      initialProps: model,
    },
  );
  await waitFor(() => expect(result.current.face.opened).not.toBeNull());
  rerender(other);
  expect(result.current.face.opened).toBeNull();
  await waitFor(() => expect(result.current.editor.live).not.toBeNull());
  await model.dispose();
  await expect(result.current.editor.apply()).resolves.toBeTruthy();
});
