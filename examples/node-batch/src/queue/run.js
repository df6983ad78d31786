/** @typedef {import('bullmq').Queue} Queue */

/**
 * How many jobs were done when the run began. Jobs that are done are not kept, for the memory of Redis: they
 * are counted by BullMQ, from the queue's first job on.
 *
 * @param {Queue} queue
 */
const keyOf = (queue) => queue.toKey('run-began-at');

/**
 * What is put into an empty queue is a new run; else it is more of the one under way.
 *
 * @param {Queue} queue
 */
export async function beginRun(queue) {
  const left = await queue.getJobCountByTypes('waiting', 'active', 'delayed');
  if (left > 0) return;
  const client = await queue.client;
  await client.set(keyOf(queue), String(await allDone(queue)));
}

/**
 * Jobs of the run that are done.
 *
 * @param {Queue} queue
 */
export async function countDone(queue) {
  const client = await queue.client;
  return (await allDone(queue)) - Number(await client.get(keyOf(queue)));
}

/** @param {Queue} queue */
async function allDone(queue) {
  const { meta } = await queue.getMetrics('completed', 0, 0);
  return meta.count;
}
