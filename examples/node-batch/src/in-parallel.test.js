import { expect, test } from 'vitest';
import { inParallel } from './in-parallel.js';

const pause = () => new Promise((resolve) => setTimeout(resolve, 1));

test('takes every item once, some at a time', async () => {
  /** @type {number[]} */
  const taken = [];
  let [running, most] = [0, 0];
  await inParallel([1, 2, 3, 4, 5], 2, async (item) => {
    most = Math.max(most, ++running);
    await pause();
    running--;
    taken.push(item);
  });
  expect(taken).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});

test('ends at an error, and when it is told to', async () => {
  /** @type {number[]} */
  const taken = [];
  const fail = async (/** @type {number} */ item) => {
    taken.push(item);
    if (item === 2) throw new Error('no');
    await pause();
  };
  await expect(inParallel([1, 2, 3, 4, 5, 6], 2, fail)).rejects.toThrow('no');
  expect(taken).toEqual([1, 2]);

  const stop = new AbortController();
  let count = 0;
  const abort = async () => {
    if (++count === 3) stop.abort();
  };
  await inParallel([1, 2, 3, 4, 5, 6], 1, abort, stop.signal);
  expect(count).toBe(3);
});
