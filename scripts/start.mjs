// `npm start`: installs, builds what is out of date, serves the demo website and prints its address.
// Options: --no-open (never opens a browser), PORT=4173 in the environment.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { buildAll } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { requireNode, root } from './lib/process.mjs';
import { serve } from './lib/static-server.mjs';

requireNode();
if (!(await ensureInstalled())) process.exit(1);
const failed = await buildAll();
if (failed.includes('@facemorph/website')) process.exit(1);

const { url, close } = await serve({
  folder: join(root, 'examples', 'website', 'dist'),
  port: Number(process.env.PORT) || 4173,
});
console.log(`\nFaceMorph is at ${url}\nPhotos stay on this machine. Ctrl+C ends it.`);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => close().then(() => process.exit(0)));
}
if (!process.argv.includes('--no-open') && !process.env.CI) openBrowser(url);

/**
 * Opens the address where someone sits in front of a screen; elsewhere does nothing.
 *
 * @param {string} address
 * @returns {void}
 */
function openBrowser(address) {
  const command = desktopCommand();
  if (command === undefined) return;
  const [program = '', ...before] = command;
  spawn(program, [...before, address], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

/** @returns {string[] | undefined} */
function desktopCommand() {
  if (process.env.SSH_CONNECTION) return undefined;
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['cmd', '/c', 'start', ''];
  const screen = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return screen && folders.some((folder) => existsSync(join(folder, 'xdg-open')))
    ? ['xdg-open']
    : undefined;
}
