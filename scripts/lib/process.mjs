import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Ends the process with one clear line when Node is too old for the tools this repository uses.
 *
 * @returns {void}
 */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`FaceMorph needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] Default: the root of the checkout.
 * @property {NodeJS.ProcessEnv} [env] Added to the environment.
 * @property {boolean} [quiet] Collect the output instead of showing it.
 * @property {number} [timeout] Milliseconds after which the command is killed.
 */

/**
 * Runs a shell command line, with the binaries of `cwd` and of the root on the PATH.
 * Never rejects: a command that cannot be started has the code 127, one that is killed 124.
 *
 * @param {string} command
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, { cwd = root, env = {}, quiet = false, timeout } = {}) {
  const bins = [join(cwd, 'node_modules', '.bin'), join(root, 'node_modules', '.bin')];
  const pathKey = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const child = spawn(command, {
    cwd,
    shell: true,
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    env: {
      ...process.env,
      [pathKey]: [...bins, process.env[pathKey]].join(delimiter),
      ...env,
    },
    // A group of its own, so that a timeout ends the command and not only the shell.
    detached: timeout !== undefined && process.platform !== 'win32',
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  return new Promise((resolve) => {
    let timedOut = false;
    const timer =
      timeout === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            killGroup(child);
          }, timeout);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: 127, output: `${output}${error.message}\n` });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: timedOut ? 124 : (code ?? 1), output });
    });
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {void}
 */
function killGroup(child) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}
