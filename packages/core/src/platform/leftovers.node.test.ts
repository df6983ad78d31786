import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSweeper } from './leftovers.node.js';

const LEFT = 'out.jpg.0123456789ab.facemorph.tmp';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facemorph-leftovers-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function make(name: string, minutesAgo: number): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, 'x');
  const time = Date.now() / 1000 - minutesAgo * 60;
  await utimes(path, time, time);
}

test('what nobody has written to for ten minutes goes; younger and other files stay', async () => {
  const others = [
    'out.jpg.fedcba987654.facemorph.tmp',
    'out.jpg',
    'notes.tmp',
    'mine.facemorph.tmp',
    'out.jpg.0123456789.facemorph.tmp',
    `${LEFT}.bak`,
  ];
  await make(LEFT, 11);
  await make(others[0]!, 9);
  for (const name of others.slice(1)) await make(name, 60);
  await createSweeper()(folder);
  expect((await readdir(folder)).sort()).toEqual(others.sort());
});

test('folders and links of that name stay', async () => {
  await make('target', 60);
  await mkdir(join(folder, LEFT));
  await symlink(join(folder, 'target'), join(folder, `link.${LEFT}`));
  await createSweeper()(folder);
  expect((await readdir(folder)).sort()).toEqual([`link.${LEFT}`, LEFT, 'target'].sort());
});

test('a folder is looked at once in ten minutes, and one that is missing is no error', async () => {
  const sweep = createSweeper();
  await sweep(folder);
  await make(LEFT, 60);
  await sweep(folder);
  expect(await readdir(folder)).toEqual([LEFT]);
  await sweep(join(folder, 'missing'));
});
