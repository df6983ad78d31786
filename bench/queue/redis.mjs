import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { findRedis } from '../../scripts/lib/redis.mjs';

/**
 * A Redis of our own on a free port of this machine, which writes down every command before it
 * answers. Undefined where no redis-server is installed.
 *
 * @param {string} folder Where it keeps its file.
 */
export async function startRedis(folder) {
  const program = findRedis();
  if (program === undefined) return undefined;
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const start = async () => {
    const child = spawn(program, [...args, '--appendonly', 'yes', '--appendfsync', 'always'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const text of child.stdout) {
      if (String(text).includes('Ready to accept connections')) break;
    }
    child.stdout.destroy();
    return child;
  };
  let child = await start();
  const end = async (/** @type {NodeJS.Signals} */ signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    /** As when its machine fails. */
    restart: async () => {
      await end('SIGKILL');
      child = await start();
    },
    stop: () => end('SIGTERM'),
  };
}

/** A port of this machine that nobody listens on. @returns {Promise<number>} */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}
