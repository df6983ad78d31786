import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../examples/node-batch/src/main.js', import.meta.url));

/**
 * `facemorph-batch work` in a process of its own, with one thread.
 *
 * @param {string} redisUrl
 */
export function startWorker(redisUrl) {
  const child = spawn(process.execPath, [main, 'work', '--workers', '1', '--redis', redisUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let isReady = false;
  const ready = once(child.stdout, 'data').then(() => {
    isReady = true;
  });
  // One that is killed before is never ready.
  ready.catch(() => {});
  const end = async (/** @type {NodeJS.Signals} */ signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  return {
    /** Resolves when its model is loaded. */
    ready,
    get isReady() {
      return isReady;
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}
