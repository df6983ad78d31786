// @vitest-environment happy-dom
import type { Face, FaceMorph, OpenOptions } from '@facemorph/core';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FacePanel } from './FacePanel.js';

/** A photo that is being opened. */
interface Opening {
  readonly signal: AbortSignal;
  readonly arrive: (face: Face) => Promise<void>;
}

const [first, second] = ['first', 'second'].map((latent) => ({ latent }) as unknown as Face);
const openings: Opening[] = [];
const model = {
  sample: () => new Promise(() => {}),
  open: (_: File, { signal }: OpenOptions = {}) =>
    new Promise((resolve) => {
      openings.push({
        signal: signal as AbortSignal,
        arrive: (face) => act(async () => resolve({ face })),
      });
    }),
} as unknown as FaceMorph;

const calls = { onPick: vi.fn(), onAdd: vi.fn(), onError: vi.fn() };
let root: Root;
beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.clearAllMocks();
  openings.length = 0;
  root = createRoot(document.body.appendChild(document.createElement('div')));
  act(() => root.render(<FacePanel model={model} title="A" hint="" {...calls} />));
});
afterEach(() => {
  act(() => root.unmount());
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

function choosePhoto(): Opening {
  const input = document.querySelector<HTMLInputElement>('input[type="file"]');
  if (!input) throw new Error('no input');
  Object.defineProperty(input, 'files', { value: [new File([], 'a.jpg')], configurable: true });
  act(() => void input.dispatchEvent(new Event('change', { bubbles: true })));
  return openings.at(-1) as Opening;
}

const addButton = (): HTMLElement => document.querySelector('[aria-pressed]') as HTMLElement;

test('of two photos the one chosen later counts, whichever is there first', async () => {
  const [early, late] = [choosePhoto(), choosePhoto()];
  await late.arrive(second as Face);
  await early.arrive(first as Face);
  expect(calls.onPick.mock.calls).toEqual([[second]]);
  expect(early.signal.aborted).toBe(true);
});

test('a photo goes where it was chosen for, and leaves alone what was done meanwhile', async () => {
  const photo = choosePhoto();
  act(() => addButton().click());
  await photo.arrive(first as Face);
  expect(calls.onPick.mock.calls).toEqual([[first]]);
  expect(addButton().getAttribute('aria-pressed')).toBe('true');
  await choosePhoto().arrive(second as Face);
  expect(calls.onAdd.mock.calls).toEqual([[second]]);
});

test('a panel that is gone opens nothing', async () => {
  const photo = choosePhoto();
  act(() => root.unmount());
  await photo.arrive(first as Face);
  expect(photo.signal.aborted).toBe(true);
  expect(calls.onPick).not.toHaveBeenCalled();
});
