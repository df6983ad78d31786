import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { facemorph } from '../cli/command-line.js';
import { runningOn } from './support.js';

const bin = fileURLToPath(new URL('../../packages/cli/bin/facemorph.js', import.meta.url));
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

interface Serving {
  readonly child: ChildProcess;
  readonly url: string;
  said(): string;
  log(): string;
}

/** `facemorph serve` with one worker, when it is ready. */
async function serve(port: number | string, env: NodeJS.ProcessEnv = {}): Promise<Serving> {
  const args = [bin, 'serve', '--port', String(port), '--workers', '1', '--log'];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env } });
  running.push(child);
  let said = '';
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  await expect.poll(() => said, { timeout: 60_000 }).toMatch(/serves http/);
  const url = /serves (http:\/\/\S+)/.exec(said)?.[1] ?? '';
  return { child, url, said: () => said, log: () => log };
}

test.each(['SIGINT', 'SIGTERM'] as const)('facemorph serve, until %s', async (signal) => {
  const { child, url, said, log } = await serve(0);
  const answer = await fetch(`${url}/v1/sample?seed=987654`);
  expect(answer.status).toBe(200);
  child.kill(signal);
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  expect(said()).toMatch(/stopped\n$/);
  // Of a request its method and path are logged, nothing that it holds.
  expect(log()).toContain('"path":"/v1/sample"');
  expect(log()).not.toContain('987654');
});

test.skipIf(process.platform === 'win32')(
  'killed in the middle of a request: the client is told, nothing stays, the next one serves',
  async () => {
    const TMPDIR = mkdtempSync(join(tmpdir(), 'facemorph-killed-'));
    const first = await serve(0, { TMPDIR });
    const underWay = fetch(`${first.url}/v1/sample?count=64&format=png`).then(
      ({ status }) => status,
      () => 'cut off',
    );
    await expect.poll(() => runningOn(first.url)).toBe(1);
    first.child.kill('SIGKILL');
    expect(await underWay).toBe('cut off');
    expect(readdirSync(TMPDIR)).toEqual([]);
    const second = await serve(new URL(first.url).port, { TMPDIR });
    expect((await fetch(`${second.url}/v1/sample`)).status).toBe(200);
    rmSync(TMPDIR, { recursive: true });
  },
);

test.each([
  [['--port', '99999'], 2],
  [['--workers', '0'], 2],
  [['photo.jpg'], 2],
  [['--model', './no-such-model'], 1],
])('facemorph serve %j ends with %i', async (args, code) => {
  const ended = await facemorph(['serve', ...args]);
  expect(ended.code).toBe(code);
  expect(ended.stderr.trim().split('\n')).toHaveLength(1);
});
