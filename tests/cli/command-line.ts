import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';

const bin = fileURLToPath(new URL('../../packages/cli/bin/facemorph.js', import.meta.url));

/** The folder of the shipped model. */
export const modelFolder: string = fileURLToPath(
  new URL('../../packages/models/weights/facemorph-128', import.meta.url),
);

/** What a run of the command line gave. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Options of {@link facemorph}. */
export interface RunOptions {
  readonly stdin?: Uint8Array;
  /** Milliseconds after which Ctrl+C is pressed. */
  readonly interruptAfter?: number;
}

/** Runs the built `facemorph` in a process of its own. */
export function facemorph(
  args: readonly string[],
  { stdin, interruptAfter }: RunOptions = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, [bin, ...args], { stdio: 'pipe' });
  const stdout: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // A command that fails early closes its stdin before all is written.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  if (interruptAfter !== undefined) setTimeout(() => child.kill('SIGINT'), interruptAfter);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout: Buffer.concat(stdout), stderr }));
  });
}

/** As {@link facemorph}, expecting success; the parsed `--json`. */
export async function facemorphJson(args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await facemorph([...args, '--json']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout.toString());
}

/** Expects a refusal as users should see it: one line, the right code, no stack trace. */
export function expectRefusal(outcome: Outcome, code: 1 | 2, message: RegExp): void {
  const { stderr, stdout } = outcome;
  expect(stderr).toMatch(/^facemorph: [^\n]+\n$/);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\bat .+:\d+:\d+|node:internal|\[object|undefined/);
  expect(stdout.length).toBe(0);
  expect(outcome.code).toBe(code);
}

/** A folder for this test file, removed after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'facemorph-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
