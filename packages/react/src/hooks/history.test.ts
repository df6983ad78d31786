import { describe, expect, it } from 'vitest';
import { commit, redo, startHistory, undo } from './history.js';

describe('history', () => {
  it('goes back and forth', () => {
    const three = commit(commit(startHistory(1), 2), 3);
    expect(undo(three).present).toBe(2);
    expect(redo(undo(three))).toEqual(three);
  });

  it('stays where it is at its ends', () => {
    const start = startHistory('a');
    expect(undo(start)).toBe(start);
    expect(redo(start)).toBe(start);
  });

  it('forgets what was undone when something new happens', () => {
    const branched = commit(undo(commit(startHistory(1), 2)), 3);
    expect(branched).toEqual({ past: [1], present: 3, future: [] });
  });
});
