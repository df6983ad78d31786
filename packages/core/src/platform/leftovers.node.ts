import { opendir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** How the names of files end that are being written; twelve hexadecimal digits come before it. */
export const TEMPORARY = '.facemorph.tmp';

const LEFTOVER = /\.[0-9a-f]{12}\.facemorph\.tmp$/;
/** Milliseconds after which nobody writes a temporary file any more, and a folder is looked at again. */
const STALE = 600_000;
/** Folders that are remembered. */
const MOST = 1000;

/**
 * A function that removes from a folder what processes that were killed while writing have left: files
 * of exactly our naming that nobody has written to for ten minutes. It looks at a folder when it is
 * first asked, and then every ten minutes at most, so that many files can be written quickly. What
 * cannot be read or removed stays.
 */
export function createSweeper(): (folder: string) => Promise<void> {
  const sweptAt = new Map<string, number>();
  return async (folder) => {
    const now = Date.now();
    if (now - (sweptAt.get(folder) ?? 0) < STALE) return;
    if (sweptAt.size >= MOST) sweptAt.clear();
    sweptAt.set(folder, now);
    await sweepFolder(folder, now - STALE).catch(() => {});
  };
}

async function sweepFolder(folder: string, before: number): Promise<void> {
  for await (const entry of await opendir(folder)) {
    if (!entry.isFile() || !LEFTOVER.test(entry.name)) continue;
    const path = join(folder, entry.name);
    // Another process may sweep too.
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (mtimeMs < before) await rm(path, { force: true });
  }
}
