import { expect, it, vi } from 'vitest';
import { EditSession } from './edit-session.js';
import { NO_EDIT, withStrength } from './face-edit.js';

const smile = (strength: number) => withStrength(NO_EDIT, 'smiling', strength);

it('makes one step of a drag, also where each move was made the value', () => {
  const session = new EditSession(NO_EDIT);
  for (const strength of [0.5, 1, 1.5]) {
    session.preview(smile(strength));
    session.replace(smile(strength));
  }
  expect(session.commit(smile(1.5))).toBe(true);
  expect(session.history.past).toEqual([NO_EDIT]);
  expect(session.undo()).toBe(true);
  expect(session.history.present).toEqual(NO_EDIT);
  expect(session.redo()).toBe(true);
  expect(session.history.present).toEqual(smile(1.5));
});

it('tells only when something changed', () => {
  const session = new EditSession(smile(1));
  const listener = vi.fn();
  session.subscribe(listener);
  expect(session.commit(smile(1))).toBe(false);
  expect(session.undo()).toBe(false);
  session.replace(smile(1));
  session.preview(smile(2));
  expect(listener).not.toHaveBeenCalled();
  session.commit(smile(2));
  expect(listener).toHaveBeenCalledOnce();
});

it('forgets a drag that was taken back', () => {
  const session = new EditSession(NO_EDIT);
  session.preview(smile(0.5));
  session.preview(NO_EDIT);
  session.replace(smile(1));
  expect(session.commit(NO_EDIT)).toBe(true);
  expect(session.history.past).toEqual([smile(1)]);
});
