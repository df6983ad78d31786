import { expect, test } from 'vitest';
import type { TaskOptions } from '../progress.js';
import { sharedTask } from './shared-task.js';

/** A task whose end the test decides. */
function controlled(): {
  starts: {
    options: TaskOptions;
    resolve: (value: string) => void;
    reject: (error: Error) => void;
  }[];
  task: (options?: TaskOptions) => Promise<string>;
} {
  const starts: ReturnType<typeof controlled>['starts'] = [];
  const task = sharedTask(
    (options) =>
      new Promise<string>((resolve, reject) => {
        starts.push({ options, resolve, reject });
      }),
  );
  return { starts, task };
}

test('callers share one start and later ones its result', async () => {
  const { starts, task } = controlled();
  const both = Promise.all([task(), task()]);
  starts[0]?.resolve('done');
  expect(await both).toEqual(['done', 'done']);
  expect(await task()).toBe('done');
  expect(starts).toHaveLength(1);
});

test('a rejection is forgotten', async () => {
  const { starts, task } = controlled();
  const first = task();
  starts[0]?.reject(new Error('offline'));
  await expect(first).rejects.toThrow('offline');
  const second = task();
  starts[1]?.resolve('online');
  expect(await second).toBe('online');
});

test('one caller that aborts leaves the others their result', async () => {
  const { starts, task } = controlled();
  const controller = new AbortController();
  const first = task({ signal: controller.signal });
  const second = task();
  controller.abort();
  await expect(first).rejects.toMatchObject({ code: 'ABORTED' });
  expect(starts[0]?.options.signal?.aborted).toBe(false);
  starts[0]?.resolve('done');
  expect(await second).toBe('done');
});

test('the work is aborted when all have aborted, and then starts anew', async () => {
  const { starts, task } = controlled();
  const controller = new AbortController();
  const first = task({ signal: controller.signal });
  controller.abort();
  await expect(first).rejects.toMatchObject({ code: 'ABORTED' });
  expect(starts[0]?.options.signal?.aborted).toBe(true);
  const second = task();
  starts[1]?.resolve('again');
  expect(await second).toBe('again');
});

test('every caller hears the progress', async () => {
  const { starts, task } = controlled();
  const heard: string[] = [];
  const listen = (name: string): TaskOptions => ({
    onProgress: ({ loaded }) => heard.push(`${name}${loaded}`),
  });
  const both = Promise.all([task(listen('a')), task(listen('b'))]);
  starts[0]?.options.onProgress?.({ phase: 'download', loaded: 1, total: 2 });
  starts[0]?.resolve('done');
  await both;
  expect(heard).toEqual(['a1', 'b1']);
});
