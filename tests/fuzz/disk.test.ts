import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FaceMorph, type ModelCache } from '../../packages/core/src/index.js';
import { createFileCache } from '../../packages/core/src/model/cache.node.js';
import { createFakeBackend } from '../../packages/core/src/testing/index.js';
import { inject } from './faults.js';
import { type FaultyServer, startServer } from './faulty-server.js';
import { modelFiles, wrongEntries } from './model-files.js';
import { start } from './processes.js';

/** Processes start slowly on a busy machine. */
const PROCESS_MS = 90_000;

const folder = mkdtempSync(join(tmpdir(), 'facemorph-disk-'));
let server: FaultyServer;
beforeAll(async () => {
  server = await startServer(await modelFiles());
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const freshFolder = (): string => mkdtempSync(join(folder, 'x-'));

async function load(cache: ModelCache): Promise<void> {
  const fm = await FaceMorph.load({ model: server.url, cache, backend: createFakeBackend() });
  await fm.dispose();
}

describe('a cache that fails does not keep a model from loading', () => {
  /** A folder with a sound cache in it. */
  async function filled(): Promise<string> {
    const directory = join(freshFolder(), 'cache');
    await load(createFileCache(directory));
    return directory;
  }

  const damages: readonly (readonly [string, (path: string) => void])[] = [
    ['cut short', (path) => writeFileSync(path, readFileSync(path).subarray(1))],
    ['emptied', (path) => writeFileSync(path, '')],
    ['changed', (path) => writeFileSync(path, readFileSync(path).fill(0x20, 2, 6))],
    ['swapped for more', (path) => writeFileSync(path, Buffer.alloc(1 << 20))],
    [
      'a folder',
      (path) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
  ];
  test.each(damages)('entries: %s', async (name, damage) => {
    const directory = await filled();
    const entries = readdirSync(directory);
    expect(entries.length).toBeGreaterThan(1);
    for (const entry of entries) damage(join(directory, entry));
    const again = (): Promise<void> => load(createFileCache(directory));
    await inject({
      name: `cache entries: ${name}`,
      work: again,
      expected: 'value',
      recover: again,
      lost: async () => (name === 'a folder' ? 0 : wrongEntries(directory)),
    });
  });

  test('its folder is a file', async () => {
    const path = join(freshFolder(), 'file');
    writeFileSync(path, 'mine');
    const work = (): Promise<void> => load(createFileCache(path));
    const lost = async (): Promise<number> => (readFileSync(path, 'utf8') === 'mine' ? 0 : 1);
    await inject({ name: 'cache folder is a file', work, expected: 'value', recover: work, lost });
  });

  test.each(['get', 'put'] as const)('its %s throws', async (call) => {
    const error = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const sound: ModelCache = { get: async () => undefined, put: async () => {} };
    const work = (): Promise<void> => load({ ...sound, [call]: () => Promise.reject(error) });
    const lost = async (): Promise<number> => 0;
    await inject({ name: `cache: ${call} throws`, work, expected: 'value', recover: work, lost });
  });

  test.skipIf(process.platform === 'win32')('the disk is full', async () => {
    const directory = join(freshFolder(), 'cache');
    await inject({
      name: 'cache: disk full',
      work: async () =>
        expect((await start('load.mjs', [server.url, directory], 1).ended).stdout).toContain(
          'loaded',
        ),
      expected: 'value',
      recover: () => load(createFileCache(directory)),
      lost: async () => wrongEntries(directory),
      limit: PROCESS_MS,
    });
  });

  test('four processes write one cache', async () => {
    const directory = join(freshFolder(), 'cache');
    await inject({
      name: 'four processes, one cache',
      work: async () => {
        const all = Array.from(
          { length: 4 },
          () => start('load.mjs', [server.url, directory]).ended,
        );
        for (const { stdout } of await Promise.all(all)) expect(stdout).toContain('loaded');
      },
      expected: 'value',
      recover: () => load(createFileCache(directory)),
      lost: async () => wrongEntries(directory),
      limit: PROCESS_MS,
    });
  });
});

/** Calls when a temporary file appears in the folder. */
async function watchFor(directory: string, call: () => void): Promise<void> {
  const watcher = watch(directory);
  const seen = new Promise<void>((resolve) => {
    watcher.on('change', (_, name) => {
      if (!String(name).endsWith('.tmp')) return;
      call();
      resolve();
    });
  });
  await seen;
  watcher.close();
}

describe('a picture is there whole or not at all', () => {
  /** 1 when the file under the name is no whole picture of those that are saved. */
  async function brokenPictures(path: string): Promise<number> {
    if (!existsSync(path)) return 0;
    const pixels = await sharp(path, { failOn: 'truncated' })
      .raw()
      .toBuffer()
      .catch(() => Buffer.alloc(1));
    return pixels[0] === 1 || pixels[0] === 2 ? 0 : 1;
  }

  test('after SIGKILL at any moment of saving', async () => {
    const path = join(freshFolder(), 'out.png');
    for (let round = 0; round < 6; round++) {
      const saver = start('save.mjs', [path, '100000']);
      await saver.said('ready');
      await inject({
        name: 'SIGKILL while saving',
        work: async () => {
          // Moments spread over one save, which takes some tens of milliseconds.
          await new Promise((done) => setTimeout(done, 7 * round));
          saver.kill();
          await saver.ended;
        },
        expected: 'value',
        recover: async () => sharp(path).stats(),
        lost: () => brokenPictures(path),
        limit: PROCESS_MS,
      });
    }
  });

  test('what SIGKILL leaves beside it is swept by a later save', async () => {
    const directory = freshFolder();
    const path = join(directory, 'out.png');
    const leftovers = (): string[] => readdirSync(directory).filter((name) => name !== 'out.png');
    await inject({
      name: 'SIGKILL while saving: leftovers',
      work: async () => {
        // Until one dies between creating its file and renaming it.
        for (let round = 0; round < 40 && leftovers().length === 0; round++) {
          const saver = start('save.mjs', [path, '100000']);
          await saver.said('ready');
          await watchFor(directory, saver.kill);
          await saver.ended;
        }
        const left = leftovers();
        expect(left).toEqual([expect.stringMatching(/^out\.png\.[0-9a-f]{12}\.facemorph\.tmp$/)]);
        // Young: whoever writes it may be alive.
        await start('save.mjs', [path, '1']).ended;
        expect(leftovers()).toEqual(left);
        const old = Date.now() / 1000 - 3600;
        utimesSync(join(directory, left[0]!), old, old);
        await start('save.mjs', [path, '1']).ended;
        expect(leftovers()).toEqual([]);
      },
      expected: 'value',
      recover: async () => sharp(path).stats(),
      lost: () => brokenPictures(path),
      limit: PROCESS_MS,
    });
  });

  test.skipIf(process.platform === 'win32')(
    'when the disk is full: the old one stays',
    async () => {
      const directory = freshFolder();
      const path = join(directory, 'out.png');
      await start('save.mjs', [path, '1']).ended;
      const before = readFileSync(path);
      await inject({
        name: 'disk full while saving',
        work: async () => {
          // 32 KB of the picture's 190.
          const { code, stdout } = await start('save.mjs', [path, '2'], 64).ended;
          expect([code, stdout]).toEqual([1, 'WRITE_FAILED\n']);
        },
        expected: 'value',
        recover: async () => expect((await start('save.mjs', [path, '1']).ended).code).toBe(0),
        lost: async () => (readFileSync(path).equals(before) ? 0 : 1),
        limit: PROCESS_MS,
      });
      expect(readdirSync(directory)).toEqual(['out.png']);
    },
  );
});
