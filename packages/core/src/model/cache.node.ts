import { mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { writeFileAtomically } from '../platform/write-file.node.js';
import type { ModelCache } from './cache.js';

/** Keeps model files in a folder, one file for each hash. The folder is made when needed. */
export function createFileCache(directory: string = defaultCacheDirectory()): ModelCache {
  const pathOf = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError(`Not a SHA-256: ${sha256}`);
    return join(directory, sha256);
  };
  return {
    async get(sha256) {
      try {
        return new Uint8Array(await readFile(pathOf(sha256)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async put(sha256, bytes) {
      const path = pathOf(sha256);
      await mkdir(directory, { recursive: true });
      await writeFileAtomically(path, bytes);
    },
  };
}

/** `$FACEMORPH_CACHE`, or the user's cache folder as the system has it. */
export function defaultCacheDirectory(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  system: NodeJS.Platform = process.platform,
): string {
  const { FACEMORPH_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  if (FACEMORPH_CACHE) return FACEMORPH_CACHE;
  if (system === 'win32' && LOCALAPPDATA) return join(LOCALAPPDATA, 'facemorph', 'Cache');
  if (system === 'darwin') return join(homedir(), 'Library', 'Caches', 'facemorph');
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'facemorph');
}
