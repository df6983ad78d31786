/** Milliseconds between two looks at the event loop. */
const RESOLUTION = 5;

/**
 * How late the event loop is while a piece of work runs, in ms: one number for each look.
 *
 * @param {() => Promise<unknown>} work
 * @returns {Promise<number[]>}
 */
export async function latenessDuring(work) {
  /** @type {number[]} */
  const lateness = [];
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    lateness.push(Math.max(now - last - RESOLUTION, 0));
    last = now;
  }, RESOLUTION);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return lateness;
}
