import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The version of a package as FaceMorph finds it, `undefined` when it is not installed.
 * @param from - URL of the module that would import it.
 */
export function installedVersion(name: string, from: string): string | undefined {
  try {
    let folder = dirname(createRequire(from).resolve(name));
    while (folder !== dirname(folder)) {
      const manifest = join(folder, 'package.json');
      const content = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
      if (content.name === name) return content.version;
      folder = dirname(folder);
    }
  } catch {
    // Not installed.
  }
  return undefined;
}
