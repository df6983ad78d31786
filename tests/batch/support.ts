import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { Store } from '../../examples/node-batch/src/stores/store.js';

/** What the example alone has installed. */
export const requireOfExample: NodeJS.Require = createRequire(
  fileURLToPath(new URL('../../examples/node-batch/package.json', import.meta.url)),
);

/** An empty folder, removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'facemorph-batch-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Names of all files of a store, sorted. */
export async function namesIn(store: Store): Promise<string[]> {
  const names: string[] = [];
  for await (const name of store.list()) names.push(name);
  return names.sort();
}
