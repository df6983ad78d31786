import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileCache, defaultCacheDirectory } from './cache.node.js';

const KEY = 'ab'.repeat(32);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facemorph-cache-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('keeps what it is given, in a folder that it makes', async () => {
  const cache = createFileCache(join(folder, 'a', 'b'));
  expect(await cache.get(KEY)).toBeUndefined();
  await cache.put(KEY, Uint8Array.of(1, 2, 3));
  expect(await cache.get(KEY)).toEqual(Uint8Array.of(1, 2, 3));
});

test('sweeps what a process killed while writing has left', async () => {
  const left = join(folder, `${KEY}.0123456789ab.facemorph.tmp`);
  await writeFile(left, 'x');
  const hourAgo = Date.now() / 1000 - 3600;
  await utimes(left, hourAgo, hourAgo);
  await createFileCache(folder).put(KEY, Uint8Array.of(1));
  expect(await readdir(folder)).toEqual([KEY]);
});

test('writers at the same time leave one whole file and nothing else', async () => {
  const cache = createFileCache(folder);
  const versions = Array.from({ length: 8 }, (_, i) => new Uint8Array(200_000).fill(i));
  await Promise.all(versions.map((bytes) => cache.put(KEY, bytes)));
  const kept = await cache.get(KEY);
  expect(versions).toContainEqual(kept);
  expect(await readdir(folder)).toEqual([KEY]);
});

test('a folder that cannot be made is an error, not a silent loss', async () => {
  await writeFile(join(folder, 'file'), '');
  const cache = createFileCache(join(folder, 'file'));
  await expect(cache.put(KEY, Uint8Array.of(1))).rejects.toThrow();
  await expect(createFileCache(folder).get('../../etc/passwd')).rejects.toThrow('SHA-256');
});

test('the default folder is the one of the system', () => {
  const at = (env: Record<string, string>, system: NodeJS.Platform) =>
    defaultCacheDirectory(env, system);
  expect(at({ FACEMORPH_CACHE: '/x' }, 'linux')).toBe('/x');
  expect(at({ XDG_CACHE_HOME: '/c' }, 'linux')).toBe(join('/c', 'facemorph'));
  expect(at({}, 'linux')).toBe(join(homedir(), '.cache', 'facemorph'));
  expect(at({}, 'darwin')).toBe(join(homedir(), 'Library', 'Caches', 'facemorph'));
  expect(at({ LOCALAPPDATA: 'L' }, 'win32')).toBe(join('L', 'facemorph', 'Cache'));
});
