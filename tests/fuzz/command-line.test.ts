import { execFileSync, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../../packages/cli/src/cli.js';
import { FaceMorphError } from '../../packages/core/src/index.js';
import { fuzz } from './harness.js';

/** The command line in this process, in a folder of its own: hundreds of lines a second. */
const outer = mkdtempSync(join(tmpdir(), 'facemorph-fuzz-'));
const folder = join(outer, 'here');
const home = process.cwd();
const secret = join(outer, 'secret.txt');

beforeAll(async () => {
  mkdirSync(folder);
  process.chdir(folder);
  writeFileSync(secret, 'secret');
  expect(await run(['sample', '--count', '1', '--seed', '1', '-o', 'faces/'])).toMatchObject({
    code: 0,
  });
  await run(['encode', 'faces/face-1.png', '--aligned', '-o', 'face.json']);
  await run('edit face.json -s smiling=1 -o x.png --save-recipe recipe.json'.split(' '));
  writeFileSync('numbers.csv', 'file,number\nface-1.png,1\n');
  writeFileSync('words.png', 'no picture');
  writeFileSync('empty.jpg', '');
  writeFileSync('evil.json', '{"__proto__":{"polluted":true},"format":"facemorph-latent"}');
  symlinkSync(secret, 'link.png');
  symlinkSync('loop.png', 'loop.png');
  symlinkSync('/dev/zero', 'zero.png');
  symlinkSync('nowhere', 'broken.png');
});
afterAll(() => {
  process.chdir(home);
  rmSync(outer, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line and keeps what it says. */
async function run(args: readonly string[]): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  const writers = (['stdout', 'stderr'] as const).map((name) => {
    const write = process[name].write;
    process[name].write = ((chunk: unknown, ...rest: unknown[]) => {
      said[name] +=
        typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString('latin1');
      (rest.find((item) => typeof item === 'function') as (() => void) | undefined)?.();
      return true;
    }) as typeof write;
    return () => {
      process[name].write = write;
    };
  });
  try {
    return { code: await runCli(args), ...said };
  } finally {
    for (const restore of writers) restore();
  }
}

const commands = [
  'edit',
  'locate',
  'sample',
  'morph',
  'encode',
  'decode',
  'learn',
  'doctor',
  'attributes',
  'list',
  'show',
];
const options = [
  '--aligned',
  '--face',
  '--set',
  '--to',
  '--keep',
  '--mode',
  '--quality',
  '--output',
  '-o',
  '-s',
  '-k',
  '-a',
  '-n',
  '--count',
  '--seed',
  '--truncation',
  '--model',
  '--backend',
  '--attributes',
  '--json',
  '--quiet',
  '--force',
  '--frames',
  '--no-provenance',
  '--plot',
  '--sheet',
  '--all-faces',
  '--recipe',
  '--save-recipe',
  '--same-photo',
  '--keep-metadata',
  '--keep-profile',
  '--with',
  '--without',
  '--numbers',
  '--name',
  '--label',
  '--help',
  '-h',
  '--version',
  '--',
];
const values = [
  'faces/face-1.png',
  'face.json',
  'words.png',
  'empty.jpg',
  'evil.json',
  'recipe.json',
  'numbers.csv',
  'link.png',
  'loop.png',
  'zero.png',
  'broken.png',
  'faces',
  'faces/',
  'out.png',
  'out.jpg',
  'new/',
  'nowhere/x.png',
  '../secret.txt',
  '../../etc/passwd',
  'smiling=1',
  'smiling=1,young=-1',
  'smiling=NaN',
  '=1',
  'smiling=',
  '__proto__=1',
  'constructor',
  'smiling',
  '1',
  '2',
  '0',
  '-1',
  '1e999',
  'NaN',
  '0x10',
  '999999999999999999999',
  '',
  ' ',
  '\u0000',
  '\u001b[31m',
  '\ud800',
  'a'.repeat(10_000),
  'wasm',
  'auto',
  'detail',
  'face',
  'https://',
  'file:///etc/passwd',
  'data:,',
  'javascript:1',
];

const word = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...options) },
  { weight: 4, arbitrary: fc.constantFrom(...values) },
  { weight: 1, arbitrary: fc.constantFrom(...commands) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }).filter(isHarmless) },
);

/** Lines that are right, to start from. */
const rightLines = [
  'edit faces/face-1.png --aligned --set smiling=1 --keep male -o out.png --force',
  'edit face.json --recipe recipe.json -o out.jpg --quality 80 --force',
  'encode faces/face-1.png --aligned -o out.json --force',
  'decode face.json -o out.webp --force',
  'morph face.json face.json --frames 3 -o out.gif --force',
  'locate faces/face-1.png --json',
  'sample --count 1 --seed 2 --truncation 0.5 -o new/ --force',
  'learn --numbers numbers.csv --name own --label Own -o own.json --force',
  'attributes show smiling --json',
].map((line) => line.split(' '));

/** Up to two words put in, taken out or exchanged. */
const nearlyRight = fc
  .tuple(
    fc.constantFrom(...rightLines),
    fc.array(fc.tuple(fc.nat(20), fc.constantFrom('add', 'remove', 'exchange'), word), {
      maxLength: 2,
    }),
  )
  .map(([line, changes]) =>
    changes.reduce((made, [at, change, other]) => {
      const from = at % made.length;
      return made.toSpliced(
        from,
        change === 'add' ? 0 : 1,
        ...(change === 'remove' ? [] : [other]),
      );
    }, line),
  );

/** Stdin never ends here; paths must stay in the folder. */
function isHarmless(word: string): boolean {
  return word !== '-' && !/[/\\]|\.\./.test(word);
}

test('command lines end with 0, 1 or 2 and a line that says why', async () => {
  const row = await fuzz({
    name: 'command line',
    inputs: fc.oneof(
      fc
        .tuple(fc.constantFrom(...commands), fc.array(word, { maxLength: 7 }))
        .map(([command, rest]) => [command, ...rest]),
      nearlyRight,
    ),
    runs: 150,
    share: 0.1,
    parse: async (args) => {
      const { code, stdout, stderr } = await run(args);
      const end = args.indexOf('--');
      const inJson = args.slice(0, end < 0 ? undefined : end).includes('--json');
      if (inJson && code !== 0) JSON.parse(stdout);
      if (![0, 1, 2].includes(code)) throw new Error(`It ended with ${code}`);
      if (/This should not happen/.test(stderr)) throw new Error(stderr);
      if (code === 0) return;
      if (!/^facemorph: \S/m.test(stderr)) throw new Error(`It does not say why: "${stderr}"`);
      throw new FaceMorphError('ARGUMENT_INVALID', `It ended with ${code}`);
    },
  });
  expect(row.values).toBeGreaterThan(row.tried * 0.05);
  expect(readFileSync(secret, 'utf8')).toBe('secret');
  expect(readdirSync(outer).sort()).toEqual(['here', 'secret.txt']);
});

test('links among the inputs that lead nowhere are refused and the others are done', async () => {
  const links = ['loop.png', 'zero.png', 'broken.png', 'link.png'];
  const inputs = [...links, 'faces/face-1.png'];
  const { code, stderr } = await run(['edit', ...inputs, '-a', '-s', 'smiling=1', '-o', 'done/']);
  expect(code).toBe(1);
  for (const link of links) expect(stderr).toMatch(new RegExp(`^facemorph: .*${link}`, 'm'));
  expect(readdirSync('done')).toEqual(['face-1.png']);
});

test('a place that one face cannot reach is a failure of its input, and the others are done', async () => {
  await run(['edit', 'face.json', '-s', 'smiling=5', '-o', 'far.json']);
  const edit = ['edit', 'far.json', 'face.json', '--to', 'smiling=-4', '-o', 'moved/', '--json'];
  const { code, stdout } = await run(edit);
  expect(code).toBe(1);
  const { faces, outputs } = JSON.parse(stdout);
  expect(faces[0].error).toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: expect.stringMatching(/^far\.json: .* for the change of "smiling" to value -4/),
    exitCode: 1,
  });
  expect(outputs).toEqual([join('moved', 'face.png')]);
});

test('Ctrl+C between two files ends the writing', async () => {
  mkdirSync('many');
  const watcher = watch('many', () => process.emit('SIGINT'));
  const { code } = await run('sample --count 64 --seed 3 -o many/'.split(' '));
  watcher.close();
  expect(code).toBe(130);
  expect(readdirSync('many').length).toBeLessThan(64);
});

test('a link in the place of an output is replaced, what it led to is not written to', async () => {
  mkdirSync('linked');
  symlinkSync(secret, 'linked/face-1.png');
  const { code } = await run('edit faces/face-1.png -a -s smiling=1 -o linked/'.split(' '));
  expect(code).toBe(0);
  expect(readFileSync(secret, 'utf8')).toBe('secret');
  expect(readFileSync('linked/face-1.png').subarray(1, 4).toString()).toBe('PNG');
});

test.skipIf(process.platform === 'win32')('a pipe is read like a file', async () => {
  execFileSync('sh', ['-c', 'mkfifo pipe.png']);
  const writer = spawn('sh', ['-c', 'cat faces/face-1.png > pipe.png'], { stdio: 'ignore' });
  writer.unref();
  const { code } = await run(['edit', 'pipe.png', '-a', '-s', 'smiling=1', '-o', 'piped.png']);
  expect(code).toBe(0);
});
