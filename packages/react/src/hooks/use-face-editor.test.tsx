// @vitest-environment happy-dom
import type { Face, FaceMorph } from '@facemorph/core';
import { act, renderHook, waitFor } from '@testing-library/react';
import { StrictMode, useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { loadToy } from '../testing/toy.js';
import { type FaceEdit, NO_EDIT } from './face-edit.js';
import { type FaceEditorOptions, useFaceEditor } from './use-face-editor.js';

let model: FaceMorph;
let face: Face;

beforeEach(async () => {
  ({ model } = await loadToy());
  face = (await model.sample({ seed: 3 }))[0] as Face;
});

function open(options: Partial<FaceEditorOptions> = {}) {
  let renders = 0;
  const hook = renderHook(
    (props: Partial<FaceEditorOptions>) => {
      renders++;
      return useFaceEditor({ model, face, ...options, ...props });
    },
    { wrapper: StrictMode, initialProps: {} },
  );
  return { ...hook, renders: () => renders, editor: () => hook.result.current };
}

const flush = (editor: { live: { flush(): Promise<void> } | null }) =>
  act(async () => editor.live?.flush());

describe('a drag', () => {
  it('moves the picture without a render and is one step of the history', async () => {
    const [onChange, onCommit] = [vi.fn(), vi.fn()];
    const { editor, renders } = open({ onChange, onCommit });
    await flush(editor());
    const before = renders();
    for (const strength of [0.5, 1, 1.5]) editor().preview('smiling', strength);
    await editor().live?.flush();
    expect(renders()).toBe(before);
    expect(editor().live?.frame?.strengths).toEqual({ smiling: 1.5 });
    expect(onChange).toHaveBeenCalledTimes(3);
    expect(onCommit).not.toHaveBeenCalled();

    act(() => editor().commit('smiling', 1.5));
    expect(onCommit.mock.calls).toEqual([[{ strengths: { smiling: 1.5 }, keep: [] }]]);
    expect(editor()).toMatchObject({ canUndo: true, canRedo: false, isEdited: true });
    act(() => editor().undo());
    await flush(editor());
    expect(editor().edit).toEqual(NO_EDIT);
    expect(editor().live?.frame?.strengths).toEqual({});
    act(() => editor().redo());
    expect(editor().edit.strengths).toEqual({ smiling: 1.5 });
  });

  it('ends with the picture of the last of many sets', async () => {
    const { editor } = open();
    await flush(editor());
    for (let i = 1; i <= 200; i++) editor().preview('smiling', i / 100);
    act(() => editor().commit('smiling', 2));
    await flush(editor());
    const wanted = await (await face.edit({ smiling: 2 })).pixels();
    expect(editor().live?.frame?.pixels.data).toEqual(wanted.data);
  });
});

it('keeps locked attributes where they are, whatever is done in between', async () => {
  const { editor } = open();
  act(() => editor().toggleKeep('young'));
  act(() => editor().commit('male', 1));
  await flush(editor());
  expect(editor().live?.kept).toEqual(['young']);
  expect(editor().live?.frame?.reached.young).toBeCloseTo(0, 3);

  // From an edit to a lock of the same attribute and back.
  act(() => editor().setEdit({ strengths: { young: 1 }, keep: [] }));
  act(() => editor().setEdit({ strengths: {}, keep: ['young'] }));
  act(() => editor().undo());
  await flush(editor());
  expect(editor().live?.frame?.strengths).toEqual({ young: 1 });
  act(() => editor().reset());
  await flush(editor());
  expect(editor()).toMatchObject({ isEdited: false });
  expect(editor().live?.kept).toEqual([]);
});

it('says what locks did not allow', async () => {
  const { editor } = open();
  act(() =>
    editor().setEdit({
      strengths: { high_cheekbones: 2 },
      keep: ['smiling', 'mouth_open', 'male', 'young'],
    }),
  );
  await flush(editor());
  await waitFor(() => expect(editor().live?.frame?.strengths).toEqual({ high_cheekbones: 2 }));
  const { reached } = editor().live?.frame ?? {};
  const short = (reached?.high_cheekbones ?? 2) < 1.9;
  expect('high_cheekbones' in editor().shortfalls).toBe(short);
});

describe('controlled', () => {
  it('follows its value and leaves the decision to its owner', async () => {
    const onCommit = vi.fn();
    const value: FaceEdit = { strengths: { male: 1 }, keep: [] };
    const { editor, rerender } = open({ value, onCommit });
    act(() => editor().commit('male', 2));
    expect(onCommit).toHaveBeenCalledWith({ strengths: { male: 2 }, keep: [] });
    expect(editor().edit).toBe(value);
    const next: FaceEdit = { strengths: { male: 2 }, keep: [] };
    rerender({ value: next });
    await flush(editor());
    expect(editor().live?.frame?.strengths).toEqual({ male: 2 });
  });

  it('makes one step of a drag that sets its value at every move', () => {
    const { result } = renderHook(() => {
      const [value, setValue] = useState(NO_EDIT);
      return useFaceEditor({ model, face, value, onChange: setValue, onCommit: setValue });
    });
    for (const strength of [0.5, 1, 1.5]) act(() => result.current.preview('smiling', strength));
    act(() => result.current.commit('smiling', 1.5));
    expect(result.current.edit.strengths).toEqual({ smiling: 1.5 });
    act(() => result.current.undo());
    expect(result.current.edit).toEqual(NO_EDIT);
    expect(result.current.canUndo).toBe(false);
  });
});

it('reports an edit that is not of this model', async () => {
  const onError = vi.fn();
  open({ value: { strengths: { wings: 1 }, keep: [] }, onError });
  await waitFor(() =>
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ code: 'ATTRIBUTE_UNKNOWN' }),
  );
});

it('frees its live editor with the face and at the end', async () => {
  const { editor, rerender, unmount } = open();
  const first = editor().live;
  await flush(editor());
  const [other] = await model.sample({ seed: 4 });
  rerender({ face: other ?? null });
  expect(() => first?.set('smiling', 1)).toThrow(/disposed/);
  const second = editor().live;
  unmount();
  expect(() => second?.set('smiling', 1)).toThrow(/disposed/);
});

it('gives a still of face and edit that later edits do not touch', async () => {
  const { editor } = open();
  act(() => editor().commit('smiling', 1));
  const still = editor().still();
  act(() => editor().commit('smiling', -2));
  const [then, wanted] = await Promise.all([still.apply(), face.edit({ smiling: 1 })]);
  expect((await then.pixels()).data).toEqual((await wanted.pixels()).data);
});
