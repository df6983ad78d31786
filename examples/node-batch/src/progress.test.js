import { expect, test } from 'vitest';
import { Progress } from './progress.js';

test('rate and time left come from the last half minute', () => {
  const progress = new Progress();
  expect(progress.update({ done: 0, failed: 0, total: 100 }, 0).line).toBe('0/100  0.0/s');
  const { rate, secondsLeft, line } = progress.update({ done: 19, failed: 1, total: 100 }, 10_000);
  expect(rate).toBe(2);
  expect(secondsLeft).toBe(40);
  expect(line).toBe('20/100  2.0/s  40 s left  1 failed');
  // What was before is forgotten: it is slower now.
  progress.update({ done: 21, failed: 1, total: 100 }, 30_000);
  expect(progress.update({ done: 22, failed: 1, total: 100 }, 41_000).rate).toBeLessThan(0.2);
});
