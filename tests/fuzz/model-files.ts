import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFakeModel } from '../../packages/core/src/testing/index.js';

/** The toy model as the files of a folder, by name. */
export async function modelFiles(): Promise<ReadonlyMap<string, Buffer>> {
  const { manifest, files } = await createFakeModel();
  const { files: described } = manifest as {
    files: Record<'encoder' | 'decoder' | 'attributes', { path: string }>;
  };
  const named = await Promise.all(
    (['encoder', 'decoder', 'attributes'] as const).map(async (role) => {
      const answer = await fetch(files[role] as URL);
      return [described[role].path, Buffer.from(await answer.arrayBuffer())] as const;
    }),
  );
  return new Map([...named, ['manifest.json', Buffer.from(JSON.stringify(manifest))]]);
}

/** How many entries of a cache folder are not what their name, a SHA-256, says. */
export function wrongEntries(directory: string): number {
  if (!existsSync(directory)) return 0;
  return readdirSync(directory).filter((name) => {
    const hash = createHash('sha256')
      .update(readFileSync(join(directory, name)))
      .digest('hex');
    return hash !== name;
  }).length;
}
