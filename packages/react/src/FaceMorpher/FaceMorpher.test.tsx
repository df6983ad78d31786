// @vitest-environment happy-dom
import type { FaceMorph } from '@facemorph/core';
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { type ReactNode, StrictMode, Suspense } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { editToFile } from '../hooks/edit-file.js';
import { editFromHash, editToHash } from '../hooks/edit-link.js';
import { loadToy, painted, toyPicture } from '../testing/toy.js';
import { FaceMorpher, type FaceMorpherProps } from './FaceMorpher.js';

let model: FaceMorph;

beforeEach(async () => {
  ({ model } = await loadToy());
});

async function open(props: FaceMorpherProps = {}) {
  const view = render(
    <StrictMode>
      <FaceMorpher load={{ model }} {...props} />
    </StrictMode>,
  );
  await settled();
  return view;
}

const canvas = () => screen.getByRole('img');
const settled = () =>
  waitFor(() => expect(canvas().dataset.sequence).toBeDefined(), { timeout: 15_000 });
const slider = (name: string) => screen.getByRole<HTMLInputElement>('slider', { name });
const button = (name: string) => screen.getByRole('button', { name });
const enabled = (name: string) => button(name).getAttribute('aria-disabled') !== 'true';

function press(name: string, ...keys: readonly string[]): void {
  for (const key of keys) {
    fireEvent.keyDown(slider(name), { key });
    fireEvent.keyUp(slider(name), { key });
  }
}

it('edits, locks, undoes, redoes and resets by keyboard', async () => {
  const onCommit = vi.fn();
  await open({ onCommit });
  press('Smile', 'ArrowRight', 'PageUp');
  expect(slider('Smile').value).toBe('0.6');
  expect(slider('Smile').getAttribute('aria-valuetext')).toBe('Smile, plus 0.6, clear');
  expect(onCommit).toHaveBeenLastCalledWith({ strengths: { smiling: 0.6 }, keep: [] });

  fireEvent.click(button('Keep smile as it is'));
  expect(slider('Smile').disabled).toBe(true);
  fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
  expect(slider('Smile').disabled).toBe(false);
  fireEvent.click(button('Undo'));
  fireEvent.click(button('Undo'));
  expect(slider('Smile').value).toBe('0');
  expect([enabled('Undo'), enabled('Redo'), enabled('Reset')]).toEqual([false, true, false]);
  fireEvent.keyDown(document.body, { key: 'y', ctrlKey: true });
  expect(slider('Smile').value).toBe('0.1');
  press('Smile', 'End');
  fireEvent.click(button('Reset'));
  expect(slider('Smile').getAttribute('aria-valuetext')).toBe('Smile, as it is');
});

it('shows the original while compare is held', async () => {
  await open();
  press('Smile', 'End');
  const compare = button('Hold to compare');
  fireEvent.keyDown(compare, { key: ' ' });
  expect(canvas().getAttribute('aria-label')).toBe('The face before the edit');
  fireEvent.keyUp(compare, { key: ' ' });
  expect(canvas().getAttribute('aria-label')).toBe('The edited face');
});

it('takes another face with its edits gone and its locks kept, and goes back', async () => {
  await open({ source: { seed: 7, index: 1 } });
  press('Smile', 'End');
  fireEvent.click(screen.getByRole('tab', { name: 'Faces' }));
  expect((await screen.findByRole('button', { name: 'Face 2' })).getAttribute('aria-pressed')).toBe(
    'true',
  );
  await waitFor(() => expect(button('Face 3').hasAttribute('disabled')).toBe(false));
  const before = painted.length;
  fireEvent.click(button('Face 3'));
  await waitFor(() => expect(painted.length).toBeGreaterThan(before));
  fireEvent.click(screen.getByRole('tab', { name: 'Edit' }));
  expect(slider('Smile').value).toBe('0');
  fireEvent.click(button('Undo'));
  expect(slider('Smile').value).toBe('3');
});

it('morphs into another face', async () => {
  await open();
  fireEvent.click(screen.getByRole('tab', { name: 'Morph' }));
  expect(slider('Position of the morph').disabled).toBe(true);
  await waitFor(() => expect(button('Face 2').hasAttribute('disabled')).toBe(false));
  fireEvent.click(button('Face 2'));
  await waitFor(() => expect(slider('Position of the morph').disabled).toBe(false));
  const [, target] = await model.sample({ seed: 7, count: 2 });
  const end = await target?.render();
  fireEvent.change(slider('Position of the morph'), { target: { value: '1' } });
  expect(button('Play')).toBeTruthy();
  await waitFor(() => expect(painted.at(-1)?.data).toEqual(end?.data));
});

describe('a photo', () => {
  it('is opened from a source', async () => {
    const photo = await toyPicture(model, 5);
    await open({ source: { photo } });
    const [first] = painted;
    // Cut out of the photo as the aligned face is: where cells meet, resampling blurs a little.
    const sum = photo.data.reduce(
      (all, value, i) => all + Math.abs(value - (first?.data[i] ?? 0)),
      0,
    );
    expect(sum / photo.data.length).toBeLessThan(1);
  });

  it('that cannot be read is refused in words, and the face before stays', async () => {
    const onError = vi.fn();
    await open({ onError });
    press('Smile', 'End');
    const file = new File(['no picture'], 'notes.png', { type: 'image/png' });
    fireEvent.change(screen.getByLabelText('A picture of a face'), { target: { files: [file] } });
    const alert = await screen.findByRole('alert');
    expect(alert.textContent?.length).toBeGreaterThan(10);
    expect(onError).toHaveBeenCalledOnce();
    expect(slider('Smile').value).toBe('3');
    fireEvent.click(within(alert).getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('saving', () => {
  it('offers formats in a menu that the keyboard knows', async () => {
    await open();
    const opener = button('More ways to save');
    opener.focus();
    fireEvent.keyDown(opener, { key: 'ArrowDown' });
    // The menu is fetched when it is opened first.
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Save as PNG'), {
      timeout: 10_000,
    });
    fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowUp' });
    expect(document.activeElement?.textContent).toBe('Open a recipe');
    fireEvent.keyDown(document.activeElement as Element, { key: 'Escape' });
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(opener);
  });

  it('copies a link that holds the edit and no face', async () => {
    const writeText = vi.fn(async (_text: string) => {});
    vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as never);
    await open({ defaultValue: { strengths: { smiling: 1.5 }, keep: ['male'] } });
    fireEvent.click(button('More ways to save'));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Copy a link to the edit' }));
    await screen.findByText('Copied');
    const [link = ''] = writeText.mock.calls[0] ?? [];
    const { hash } = new URL(link);
    expect(editFromHash(hash, model)).toEqual({ strengths: { smiling: 1.5 }, keep: ['male'] });
  });
});

describe('a recipe dropped on the picture', () => {
  const drop = (content: string): void => {
    const file = new File([content], 'edit.recipe.json', { type: 'application/json' });
    const dataTransfer = { types: ['Files'], files: [file] };
    fireEvent.drop(screen.getByRole('region', { name: 'Picture' }), { dataTransfer });
  };

  it('is done, as a step that can be undone', async () => {
    await open();
    drop(await editToFile({ strengths: { smiling: 1.5 }, keep: [] }, model).text());
    await waitFor(() => expect(slider('Smile').value).toBe('1.5'));
    fireEvent.click(button('Undo'));
    expect(slider('Smile').value).toBe('0');
  });

  it('is refused in words when it is damaged', async () => {
    await open();
    drop('{');
    expect((await screen.findByRole('alert')).dataset.code).toBe('RECIPE_INVALID');
  });
});

describe('a page opened with the link of an edit', () => {
  afterEach(() => {
    location.hash = '';
  });

  it('does that edit, as a step that can be undone', async () => {
    location.hash = editToHash({ strengths: { smiling: 1.5 }, keep: [] }, model);
    await open();
    await waitFor(() => expect(slider('Smile').value).toBe('1.5'));
    fireEvent.click(button('Undo'));
    expect(slider('Smile').value).toBe('0');
  });

  it('says when the link was cut', async () => {
    location.hash = editToHash({ strengths: { smiling: 1.5 }, keep: [] }, model).slice(0, -3);
    await open();
    expect((await screen.findByRole('alert')).dataset.code).toBe('RECIPE_INVALID');
    expect(slider('Smile').value).toBe('0');
  });
});

it('speaks another language', async () => {
  await open({
    labels: {
      undo: 'Rückgängig',
      attribute: (name, label) => (name === 'smiling' ? 'Lächeln' : label),
    },
  });
  expect(button('Rückgängig')).toBeTruthy();
  expect(slider('Lächeln')).toBeTruthy();
});

/** Suspends as long as it waits. */
function Neighbour({ waitsFor }: { readonly waitsFor: Promise<void> | null }): ReactNode {
  if (waitsFor) throw waitsFor;
  return null;
}

it('is hidden by a Suspense boundary for a while, and goes on where it was', async () => {
  let come = (): void => {};
  const data = new Promise<void>((resolve) => {
    come = resolve;
  });
  const page = (waitsFor: Promise<void> | null): ReactNode => (
    <Suspense fallback={<p>One moment</p>}>
      <FaceMorpher load={{ model }} />
      <Neighbour waitsFor={waitsFor} />
    </Suspense>
  );
  const { rerender } = render(page(null));
  await settled();
  press('Smile', 'PageUp');
  rerender(page(data));
  expect(screen.getByText('One moment')).toBeTruthy();
  rerender(page(null));
  await act(async () => come());
  await waitFor(() => expect(screen.queryByText('One moment')).toBeNull());
  expect(slider('Smile').value).toBe('0.5');
  const before = canvas().dataset.sequence;
  press('Smile', 'PageUp');
  await waitFor(() => expect(canvas().dataset.sequence).not.toBe(before));
});

it('frees everything when it goes, in the middle of an edit too', async () => {
  const view = await open();
  fireEvent.change(slider('Smile'), { target: { value: '2' } });
  view.unmount();
  await act(async () => {});
  expect(document.querySelectorAll('canvas')).toHaveLength(0);
});
