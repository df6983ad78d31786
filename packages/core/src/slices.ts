import { throwIfAborted } from './errors.js';

/** Work that may pause wherever it yields. */
export type Steps<T> = Generator<void, T, void>;

/** Milliseconds of work before other tasks get their turn. */
const SLICE = 8;

/** Does the work in one go. */
export function runAtOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * Does the work in slices of some milliseconds, so that a page answers clicks and draws frames
 * meanwhile.
 * @throws {FaceMorphError} `ABORTED`, between two slices
 */
export async function runInSlices<T>(
  steps: Steps<T>,
  signal?: AbortSignal | undefined,
): Promise<T> {
  throwIfAborted(signal);
  let rested = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - rested < SLICE) continue;
    await nextTask();
    throwIfAborted(signal);
    rested = performance.now();
  }
}

/** Lets what waits (a click, a frame) run. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
