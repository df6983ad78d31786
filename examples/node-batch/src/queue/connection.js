import { Redis } from 'ioredis';

/** Of the queue in Redis. */
export const QUEUE = 'facemorph';

/**
 * A connection that outlives restarts of Redis: commands wait until it is back.
 *
 * @param {string} url Such as `redis://127.0.0.1:6379`.
 */
export function connect(url) {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2000),
  });
  // It reconnects; without a listener the process would end.
  redis.on('error', () => {});
  return redis;
}
