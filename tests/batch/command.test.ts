import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../examples/node-batch/src/stores/store.js';
import { namesIn, temporaryFolder } from './support.js';

const main = fileURLToPath(new URL('../../examples/node-batch/src/main.js', import.meta.url));
const portrait = fileURLToPath(new URL('../fixtures/portrait.jpg', import.meta.url));
const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

function batch(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    cwd: folder,
  });
  return { status, stdout, stderr };
}

describe('facemorph-batch', () => {
  test('says how it is used', () => {
    const { status, stdout, stderr } = batch('--help');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('facemorph-batch run SOURCE SINK');
  });

  test.each([
    [[], 'There is no command ""'],
    [['constructor'], 'There is no command "constructor"'],
    [['run', 'photos'], 'run takes 2 places, not 1'],
    [['work', 'photos'], 'work takes no places, not 1'],
    [['run', 'a', 'b'], '--recipe FILE is missing'],
    [['run', 'a', 'b', '--recipes', 'x'], "Unknown option '--recipes'"],
    [['work', '--workers', 'two'], 'Expected a whole number for --workers but received "two"'],
    [['failed', '--retry', '--remove'], 'not both'],
  ])('%j is a wrong command line', (args, message) => {
    const { status, stdout, stderr } = batch(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`facemorph-batch: `);
    expect(stderr).toContain(message);
  });

  test('does a recipe that `facemorph edit` wrote, and refuses a wrong one in a line', async () => {
    mkdirSync(at('photos'));
    writeFileSync(at('photos/a.jpg'), await openStore(join(portrait, '..')).read('portrait.jpg'));
    const cli = fileURLToPath(new URL('../../packages/cli/bin/facemorph.js', import.meta.url));
    const edit = ['edit', portrait, '--set', 'smiling=1', '--save-recipe', at('smile.json')];
    spawnSync(process.execPath, [cli, ...edit, '-o', at('edited.jpg')]);
    const one = batch('run', 'photos', 'results', '--recipe', 'smile.json', '--workers', '1');
    expect(one).toMatchObject({ status: 0, stderr: '' });
    expect(one.stdout).toContain('1 of 1 done, 0 of them before, 0 failed');
    const results = openStore(at('results'));
    expect(await namesIn(results)).toEqual(['a.jpg.jpg', 'facemorph-batch.json']);
    expect(await results.read('a.jpg.jpg')).toEqual(await openStore(folder).read('edited.jpg'));

    writeFileSync(at('wrong.json'), '{ "do": "edit", "edits": { "smilling": 2 } }');
    const two = batch('run', 'photos', 'others', '--recipe', 'wrong.json', '--workers', '1');
    expect(two).toEqual({
      status: 1,
      stdout: '',
      stderr: 'facemorph-batch: Unknown attribute "smilling". Did you mean "smiling"?\n',
    });
  });
});
