import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Options of {@link serviceWorker}. */
export interface ServiceWorkerOptions {
  /** Its code, without the lists of files. */
  readonly source: string;
  /** Files that belong to the page itself. */
  readonly shell: RegExp;
  /** Large files that are kept once they are used. */
  readonly runtime: RegExp;
  /** Never kept. */
  readonly except: RegExp;
}

/** Writes `sw.js` with the names of the files of this build. */
export function serviceWorker(options: ServiceWorkerOptions): Plugin {
  let publicDir = '';
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      publicDir = config.publicDir;
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      handler({ dir = 'dist' }, bundle) {
        const files = [...Object.keys(bundle), ...readdirSync(publicDir)].filter(
          (name) => !options.except.test(name),
        );
        const shell = files.filter((name) => options.shell.test(name)).sort();
        // The engine (ort-wasm) before the networks for photos.
        const runtime = files
          .filter((name) => options.runtime.test(name))
          .sort()
          .reverse();
        const hash = createHash('sha256');
        for (const name of shell) hash.update(name).update(readFileSync(join(dir, name)));
        const constants = {
          SHELL: ['./', ...shell.filter((name) => name !== 'index.html')],
          RUNTIME: runtime,
          VERSION: hash.digest('hex').slice(0, 12),
        };
        const lines = Object.entries(constants).map(
          ([name, value]) => `const ${name} = ${JSON.stringify(value)};\n`,
        );
        writeFileSync(join(dir, 'sw.js'), lines.join('') + readFileSync(options.source, 'utf8'));
      },
    },
  };
}
