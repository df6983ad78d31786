import type { Progress, TaskOptions } from '../progress.js';
import { abortable } from './abort.js';

/**
 * Makes a costly start (a download, a session) shared: callers that come while it runs join it,
 * and later ones get its result. A rejection is forgotten, so the next call tries again. The work
 * is aborted only when every caller has aborted; each caller hears its progress.
 */
export function sharedTask<T>(
  start: (options: TaskOptions) => Promise<T>,
): (options?: TaskOptions) => Promise<T> {
  let current: { promise: Promise<T>; join: (options: TaskOptions) => () => void } | undefined;

  const begin = (): NonNullable<typeof current> => {
    const controller = new AbortController();
    const callers = new Set<TaskOptions>();
    const onProgress = (progress: Progress): void => {
      for (const caller of callers) caller.onProgress?.(progress);
    };
    const forget = (): void => {
      if (current === task) current = undefined;
    };
    const task = {
      promise: start({ signal: controller.signal, onProgress }),
      join: (options: TaskOptions) => {
        const caller = { ...options };
        callers.add(caller);
        return () => {
          callers.delete(caller);
          if (callers.size > 0 || !options.signal?.aborted || settled) return;
          forget();
          controller.abort(options.signal.reason);
        };
      },
    };
    let settled = false;
    task.promise.then(
      () => {
        settled = true;
      },
      () => {
        settled = true;
        forget();
      },
    );
    return task;
  };

  return async (options = {}) => {
    current ??= begin();
    const task = current;
    const leave = task.join(options);
    try {
      return await abortable(task.promise, options.signal);
    } finally {
      leave();
    }
  };
}
