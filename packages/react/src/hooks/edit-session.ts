import { type FaceEdit, isSameEdit } from './face-edit.js';
import { commit, type History, redo, startHistory, undo } from './history.js';

/**
 * The committed edits of a face with their history. A drag goes through `preview`, which tells
 * nobody; `commit` makes one step of it, whatever happened in between.
 */
export class EditSession {
  readonly #listeners = new Set<() => void>();
  #history: History<FaceEdit>;
  /** What a drag that is under way started from. */
  #base: FaceEdit | undefined;

  constructor(edit: FaceEdit) {
    this.#history = startHistory(edit);
  }

  get history(): History<FaceEdit> {
    return this.#history;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getHistory = (): History<FaceEdit> => this.#history;

  /** Remembers where a drag began, until it is back there. */
  preview(next: FaceEdit): void {
    this.#base ??= this.#history.present;
    if (isSameEdit(this.#base, next)) this.#base = undefined;
  }

  /** @returns whether anything changed. */
  commit(next: FaceEdit): boolean {
    const base = this.#base ?? this.#history.present;
    this.#base = undefined;
    if (isSameEdit(base, next)) return false;
    this.#set(commit({ ...this.#history, present: base }, next));
    return true;
  }

  /** Takes over a value from outside, without a step of the history. */
  replace(edit: FaceEdit): void {
    if (isSameEdit(edit, this.#history.present)) return;
    this.#set({ ...this.#history, present: edit });
  }

  undo(): boolean {
    return this.#travel(undo(this.#history));
  }

  redo(): boolean {
    return this.#travel(redo(this.#history));
  }

  #travel(history: History<FaceEdit>): boolean {
    if (history === this.#history) return false;
    this.#base = undefined;
    this.#set(history);
    return true;
  }

  #set(history: History<FaceEdit>): void {
    this.#history = history;
    for (const listener of this.#listeners) listener();
  }
}
