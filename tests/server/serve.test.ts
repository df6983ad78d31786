import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { facemorph } from '../cli/command-line.js';

const bin = fileURLToPath(new URL('../../packages/cli/bin/facemorph.js', import.meta.url));
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

test.each(['SIGINT', 'SIGTERM'] as const)('facemorph serve, until %s', async (signal) => {
  const child = spawn(process.execPath, [bin, 'serve', '--port', '0', '--workers', '1', '--log']);
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
  const url = /serves (http:\/\/\S+)/.exec(said)?.[1];
  const answer = await fetch(`${url}/v1/sample?seed=987654`);
  expect(answer.status).toBe(200);
  child.kill(signal);
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  expect(said).toMatch(/stopped\n$/);
  // Of a request its method and path are logged, nothing that it holds.
  expect(log).toContain('"path":"/v1/sample"');
  expect(log).not.toContain('987654');
});

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
