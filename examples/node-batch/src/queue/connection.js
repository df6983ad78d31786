import { Redis } from 'ioredis';

/** Of the queue in Redis. */
export const QUEUE = 'facemorph';

/**
 * A connection that outlives restarts of Redis: commands wait until it is back. Says once on stderr that
 * Redis is away.
 *
 * @param {string} url Such as `redis://127.0.0.1:6379`.
 */
export function connect(url) {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2000),
  });
  let isAway = false;
  // It reconnects; without a listener the process would end.
  redis.on('error', (error) => {
    const { host, port } = redis.options;
    if (!isAway) console.error(`Waiting for Redis at ${host}:${port}: ${reasonOf(error)}`);
    isAway = true;
  });
  redis.on('ready', () => {
    isAway = false;
  });
  return redis;
}

/** @param {Error & { code?: string }} error Has no message where several addresses were tried. */
function reasonOf({ message, code }) {
  return message || code || 'it does not answer';
}
