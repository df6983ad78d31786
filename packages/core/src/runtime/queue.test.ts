import { expect, test } from 'vitest';
import { SerialQueue } from './queue.js';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('runs one job at a time, in order', async () => {
  const queue = new SerialQueue();
  const log: string[] = [];
  const job = (name: string, ms: number) => async (): Promise<string> => {
    log.push(`${name} starts`);
    await wait(ms);
    log.push(`${name} ends`);
    return name;
  };
  expect(await Promise.all([queue.run(job('a', 10)), queue.run(job('b', 0))])).toEqual(['a', 'b']);
  expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends']);
  expect(queue.size).toBe(0);
});

test('goes on after a rejection and after a throw', async () => {
  const queue = new SerialQueue();
  const failed = queue.run(() => Promise.reject(new Error('rejected')));
  const thrown = queue.run(() => {
    throw new Error('thrown');
  });
  const next = queue.run(() => 'next');
  await expect(failed).rejects.toThrow('rejected');
  await expect(thrown).rejects.toThrow('thrown');
  await expect(next).resolves.toBe('next');
});

test('an aborted job that waits is rejected at once and never run', async () => {
  const queue = new SerialQueue();
  const controller = new AbortController();
  let ended = false;
  const first = queue.run(async () => {
    await wait(20);
    ended = true;
  });
  let ran = false;
  const second = queue.run(() => {
    ran = true;
  }, controller.signal);
  controller.abort(new Error('why'));
  await expect(second).rejects.toMatchObject({ code: 'ABORTED', cause: new Error('why') });
  expect(ended).toBe(false);
  await first;
  await queue.idle();
  expect(ran).toBe(false);
});

test('a job aborted while it runs rejects at once, the next still waits for its end', async () => {
  const queue = new SerialQueue();
  const controller = new AbortController();
  let ended = false;
  const first = queue.run(async () => {
    await wait(20);
    ended = true;
  }, controller.signal);
  const second = queue.run(() => ended);
  await wait(1);
  controller.abort();
  await expect(first).rejects.toMatchObject({ code: 'ABORTED' });
  expect(ended).toBe(false);
  await expect(second).resolves.toBe(true);
});
