import { Queue } from 'bullmq';
import { connect, QUEUE } from './connection.js';

/**
 * The pictures that were given up on, and why.
 *
 * @param {string} redisUrl
 * @param {{ retry?: boolean, remove?: boolean }} [options] `retry` puts them back into the queue, `remove`
 * forgets them.
 * @returns {Promise<{ name: string, reason: string, attempts: number }[]>}
 */
export async function deadLetters(redisUrl, { retry = false, remove = false } = {}) {
  const connection = connect(redisUrl);
  const queue = new Queue(QUEUE, { connection });
  const jobs = await queue.getFailed();
  const letters = [];
  for (const job of jobs) {
    const { name } = /** @type {import('./enqueue.js').JobData} */ (job.data);
    letters.push({ name, reason: job.failedReason, attempts: job.attemptsMade });
    if (retry) await job.retry('failed', { resetAttemptsMade: true });
    else if (remove) await job.remove();
  }
  await queue.close();
  connection.disconnect();
  return letters;
}
