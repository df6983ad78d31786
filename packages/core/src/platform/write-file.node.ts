import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createSweeper, TEMPORARY } from './leftovers.node.js';

const sweep = createSweeper();

/**
 * Writes beside the path, then renames: readers see the old file or the whole new one. What killed
 * processes have left of theirs in that folder is removed first.
 */
export async function writeFileAtomically(path: string, bytes: Uint8Array): Promise<void> {
  await sweep(dirname(path));
  const temporary = `${path}.${randomBytes(6).toString('hex')}${TEMPORARY}`;
  try {
    await writeFile(temporary, bytes, { flag: 'wx' });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
