import { describe, expect, it } from 'vitest';
import { runAtOnce, runInSlices, type Steps } from './slices.js';

/** Counts to `count`, a millisecond or more for each. */
function* work(count: number, done: number[] = []): Steps<number> {
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    while (performance.now() - start < 1);
    done.push(i);
    yield;
  }
  return count;
}

describe('runAtOnce', () => {
  it('gives the result', () => {
    expect(runAtOnce(work(3))).toBe(3);
  });
});

describe('runInSlices', () => {
  it('lets other tasks run in between', async () => {
    const done: number[] = [];
    const seen: number[] = [];
    const timer = setInterval(() => seen.push(done.length), 1);
    expect(await runInSlices(work(60, done))).toBe(60);
    clearInterval(timer);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.some((count) => count > 0 && count < 60)).toBe(true);
  });

  it('stops when it is aborted, and tells what failed', async () => {
    const controller = new AbortController();
    const done: number[] = [];
    const running = runInSlices(work(1000, done), controller.signal);
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'ABORTED' });
    expect(done.length).toBeLessThan(1000);
    const failing = runInSlices(
      (function* (): Steps<never> {
        yield;
        throw new Error('no');
      })(),
    );
    await expect(failing).rejects.toThrow('no');
  });
});
