import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderStore } from './folder-store.js';

/** @type {string} */
let folder;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facemorph-store-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** @param {FolderStore} store */
async function namesIn(store) {
  const names = [];
  for await (const name of store.list()) names.push(name);
  return names.sort();
}

test('lists files in all folders, but no links and nothing hidden', async () => {
  await mkdir(join(folder, 'a', 'b'), { recursive: true });
  await writeFile(join(folder, 'a', 'b', 'c.jpg'), 'x');
  await writeFile(join(folder, '.hidden'), 'x');
  await symlink('/etc/passwd', join(folder, 'link.jpg'));
  expect(await namesIn(new FolderStore(folder))).toEqual(['a/b/c.jpg']);
});

test('writes whole files, and leaves nothing beside them', async () => {
  const store = new FolderStore(folder);
  await store.write('x/y.jpg', Uint8Array.of(1));
  await store.write('x/y.jpg', Uint8Array.of(2, 3));
  expect(await store.read('x/y.jpg')).toEqual(Uint8Array.of(2, 3));
  expect(await namesIn(store)).toEqual(['x/y.jpg']);
  expect(await readdir(join(folder, '.incoming'))).toEqual([]);
});

test('sweeps what killed writers have left, and nothing that may still be written', async () => {
  const incoming = join(folder, '.incoming');
  await mkdir(incoming);
  for (const name of ['old', 'new']) await writeFile(join(incoming, name), 'x');
  const hourAgo = Date.now() / 1000 - 3600;
  await utimes(join(incoming, 'old'), hourAgo, hourAgo);
  await new FolderStore(folder).sweep();
  expect(await readdir(incoming)).toEqual(['new']);
  await new FolderStore(join(folder, 'missing')).sweep();
});

test('stays inside its folder', async () => {
  const store = new FolderStore(folder);
  for (const name of ['../x', '/etc/passwd', 'a/../../x']) {
    await expect(store.write(name, Uint8Array.of(1))).rejects.toThrow('not inside');
    await expect(store.read(name)).rejects.toThrow('not inside');
  }
});
