import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, facemorph, temporaryFolder } from './command-line.js';

const folder = temporaryFolder();
const face = join(folder, 'face-1.png');
const out = join(folder, 'out.png');

beforeAll(async () => {
  await facemorph(['sample', '--count', '1', '--seed', '5', '-o', `${folder}/`]);
});

const edit = (...args: string[]): string[] => ['edit', face, '--aligned', ...args];

describe('a wrong command line is refused in one line with exit code 2', () => {
  const refused: [string, () => string[], RegExp][] = [
    [
      'an unknown command',
      () => ['edti', face],
      /Unknown command "edti"\. Did you mean "facemorph edit"/,
    ],
    [
      'an unknown option',
      () => edit('--alinged'),
      /Unknown option --alinged\. Did you mean --aligned/,
    ],
    ['an option without its value', () => edit('--set'), /--set needs a value/],
    ['a value for a switch', () => edit('--json=yes'), /takes no value/],
    ['no input', () => ['edit', '--set', 'smiling=2', '-o', out], /Missing INPUT/],
    ['no output', () => edit('--set', 'smiling=2'), /Missing --output/],
    ['nothing to change', () => edit('-o', out), /Nothing to change/],
    ['a word too many', () => ['morph', face, face, face, '-o', out], /Unexpected/],
    [
      'an unknown attribute',
      () => edit('-s', 'smilling=2', '-o', out),
      /Unknown attribute "smilling"\. Did you mean "smiling"/,
    ],
    [
      'an unknown lock',
      () => edit('-s', 'smiling=2', '-k', 'mael', '-o', out),
      /Did you mean "male"/,
    ],
    [
      'an attribute that is edited and kept',
      () => edit('-s', 'smiling=2', '-k', 'smiling', '-o', out),
      /keep/,
    ],
    [
      'a strength of NaN',
      () => edit('-s', 'smiling=NaN', '-o', out),
      /Expected a finite number for strength "smiling" but received "NaN"/,
    ],
    ['an empty strength', () => edit('-s', 'smiling=', '-o', out), /Expected a finite number/],
    ['a strength far out of range', () => edit('-s', 'smiling=1e6', '-o', out), /smiling/],
    ['an attribute set twice', () => edit('-s', 'smiling=1,smiling=2', '-o', out), /set twice/],
    ['an output format that is none', () => edit('-s', 'smiling=2', '-o', 'out.bmp'), /\.png/],
    [
      'a folder that is not there',
      () => edit('-s', 'smiling=2', '-o', join(folder, 'no/out.png')),
      /There is no folder/,
    ],
    [
      'several inputs for one file',
      () => ['edit', face, face, '-s', 'smiling=2', '-o', out],
      /Several inputs/,
    ],
    ['a count of none', () => ['sample', '--count', '0', '-o', out], /whole number from 1/],
    ['a backend that is none', () => ['sample', '--backend', 'gpu', '-o', out], /wasm/],
    [
      'an attribute to show that is none',
      () => ['attributes', 'show', 'berd'],
      /Did you mean "beard"/,
    ],
  ];

  it.each(refused)('%s', async (_, args, message) => {
    expectRefusal(await facemorph(args()), 2, message);
    expect(existsSync(out)).toBe(false);
  });

  it('an output that would replace the input, unless it is forced', async () => {
    const copy = join(folder, 'copy.png');
    copyFileSync(face, copy);
    const args = ['edit', copy, '--aligned', '-s', 'smiling=2', '-o', copy];
    expectRefusal(await facemorph(args), 2, /is an input and would be overwritten.*--force/);
    expect(readFileSync(copy)).toEqual(readFileSync(face));
    expect((await facemorph([...args, '--force'])).code).toBe(0);
    expect(readFileSync(copy)).not.toEqual(readFileSync(face));
  });

  it('is told to machines as well', async () => {
    const { code, stdout } = await facemorph(edit('-s', 'smilling=2', '-o', out, '--json'));
    expect(code).toBe(2);
    expect(JSON.parse(stdout.toString()).error).toMatchObject({
      code: 'ATTRIBUTE_UNKNOWN',
      hint: 'Did you mean "smiling"?',
    });
  });

  it('shows a stack trace with --debug only', async () => {
    const { stderr } = await facemorph(edit('-s', 'smilling=2', '-o', out, '--debug'));
    expect(stderr).toMatch(/\n\s+at /);
  });
});

describe('help', () => {
  it('of facemorph lists the commands', async () => {
    const { code, stdout } = await facemorph(['--help']);
    expect(code).toBe(0);
    for (const name of [
      'edit',
      'sample',
      'morph',
      'encode',
      'decode',
      'attributes list',
      'doctor',
    ]) {
      expect(stdout.toString()).toContain(name);
    }
  });

  it.each([
    'edit',
    'sample',
    'morph',
    'encode',
    'decode',
    'attributes list',
    'attributes show',
    'doctor',
  ])('of %s has an example and no colours in a pipe', async (name) => {
    const { code, stdout } = await facemorph([...name.split(' '), '--help']);
    expect(code).toBe(0);
    expect(stdout.toString()).toContain(`EXAMPLES\n\n  facemorph ${name}`);
    expect(stdout.includes(0x1b)).toBe(false);
  });

  it('goes to stderr when there is no command', async () => {
    const { code, stdout, stderr } = await facemorph([]);
    expect([code, stdout.length]).toEqual([2, 0]);
    expect(stderr).toContain('COMMANDS');
  });

  it('knows its version', async () => {
    const { code, stdout } = await facemorph(['--version']);
    expect(code).toBe(0);
    expect(stdout.toString()).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
