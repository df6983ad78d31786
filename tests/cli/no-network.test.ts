import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './command-line.js';

const bin = fileURLToPath(new URL('../../packages/cli/bin/facemorph.js', import.meta.url));
const folder = temporaryFolder();
const log = join(folder, 'asked.txt');
const guard = join(folder, 'guard.cjs');
const out = (name: string): string => join(folder, name);

/** Writes down whoever opens a socket or asks for a name, and lets nobody through. */
writeFileSync(
  guard,
  `const { appendFileSync } = require('node:fs');
const refuse = (what) => (...args) => {
  appendFileSync(${JSON.stringify(log)}, what + ' ' + String(args[0]?.host ?? args[0]) + '\\n');
  throw new Error('No network');
};
require('node:net').Socket.prototype.connect = refuse('socket');
require('node:dgram').Socket.prototype.send = refuse('datagram');
for (const name of ['lookup', 'resolve']) require('node:dns')[name] = refuse(name);
`,
);
writeFileSync(log, '');

/** Empty folders in place of the user's: native code, which the guard does not see, may write there. */
const home = mkdtempSync(join(folder, 'home-'));
const temporary = mkdtempSync(join(folder, 'tmp-'));
/** What keeps onnxruntime from reporting to its maker is our doing, not that of the machine. */
const { CI: _, ORT_DISABLE_TELEMETRY: __, ...env } = process.env;
Object.assign(env, { HOME: home, XDG_CACHE_HOME: undefined, TMPDIR: temporary });

/** Runs the command line behind the guard. */
function guarded(args: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, ['--require', guard, bin, ...args], {
    stdio: 'ignore',
    env,
  });
  return new Promise((resolve) => {
    child.on('close', resolve);
  });
}

describe('a photo stays on the machine', () => {
  it('the guard sees who goes out', async () => {
    expect(
      await guarded(['sample', '--model', 'http://localhost:59999/', '-o', out('x.png')]),
    ).toBe(1);
    expect(readFileSync(log, 'utf8')).not.toBe('');
    writeFileSync(log, '');
  });

  it('sampling, finding, editing and morphing open no socket and ask for no name', async () => {
    expect(await guarded(['sample', '-n', '2', '--seed', '3', '-o', `${folder}/`])).toBe(0);
    const [a, b] = [out('face-1.png'), out('face-2.png')];
    expect(await guarded(['locate', a])).toBe(0);
    expect(await guarded(['edit', a, '-a', '-s', 'smiling=1', '-o', out('e.png')])).toBe(0);
    expect(await guarded(['morph', a, b, '-a', '--frames', '3', '-o', out('m.gif')])).toBe(0);
    expect(readFileSync(log, 'utf8')).toBe('');
  });

  it('nothing is left in the folders of the user: no number of the machine, no queue to be sent', () => {
    expect(readdirSync(home)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });
});
