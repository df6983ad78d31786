import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { Gauge, Registry } from 'prom-client';
import { Progress } from '../progress.js';
import { connect, QUEUE } from './connection.js';
import { countDone } from './run.js';

/**
 * Follows a run until nothing is left to do.
 *
 * @param {string} redisUrl
 * @param {{ metricsPort?: number, interval?: number, forever?: boolean, onLine?: (line: string) => void, signal?: AbortSignal }} [options]
 * `metricsPort` serves the numbers to Prometheus meanwhile; `interval` in ms between two looks;
 * `forever` goes on when the queue is empty.
 * @returns {Promise<import('../progress.js').Counts>}
 */
export async function watch(
  redisUrl,
  { metricsPort, interval = 1000, forever = false, onLine, signal } = {},
) {
  const connection = connect(redisUrl);
  const queue = new Queue(QUEUE, { connection });
  const progress = new Progress();
  const { registry, set } = createMetrics();
  const http = createServer(async (_, response) => {
    response.setHeader('content-type', registry.contentType);
    response.end(await registry.metrics());
  });
  let counts = { done: 0, failed: 0, total: 0 };
  try {
    if (metricsPort !== undefined) await once(http.listen(metricsPort), 'listening');
    while (!signal?.aborted) {
      const done = await countDone(queue);
      const jobs = await queue.getJobCounts('failed', 'waiting', 'active', 'delayed');
      const { failed = 0, waiting = 0, active = 0, delayed = 0 } = jobs;
      const left = waiting + active + delayed;
      counts = { done, failed, total: done + failed + left };
      const { rate, secondsLeft = Number.NaN, line } = progress.update(counts);
      set({ ...counts, waiting: waiting + delayed, active, rate, seconds_left: secondsLeft });
      onLine?.(line);
      if (left === 0 && !forever) break;
      await sleep(interval);
    }
  } finally {
    http.close();
    await queue.close();
    connection.disconnect();
  }
  return counts;
}

/** The whole run, for Prometheus: scale workers on `facemorph_batch_waiting`. */
function createMetrics() {
  const registry = new Registry();
  const help = {
    total: 'Pictures of the run',
    done: 'Results that are there',
    failed: 'Pictures that were given up on',
    waiting: 'Pictures that wait for a worker',
    active: 'Pictures that are worked on',
    rate: 'Pictures a second, over the last 30 s',
    seconds_left: 'Seconds until nothing is left at that rate; NaN while it is 0',
  };
  const gauges = Object.entries(help).map(([name, text]) => {
    const gauge = new Gauge({ name: `facemorph_batch_${name}`, help: text, registers: [registry] });
    return /** @type {const} */ ([name, gauge]);
  });
  const set = (/** @type {Record<keyof typeof help, number>} */ values) => {
    for (const [name, gauge] of gauges) gauge.set(values[/** @type {keyof typeof help} */ (name)]);
  };
  return { registry, set };
}
