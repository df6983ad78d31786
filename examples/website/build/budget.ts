import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/**
 * Fails the build when the scripts that every visit loads, before the Worker with the runtime, weigh
 * more than so many kB, gzipped; prints how much they weigh.
 */
export function budget({ kilobytes }: { readonly kilobytes: number }): Plugin {
  return {
    name: 'budget',
    apply: 'build',
    generateBundle(_options, bundle) {
      const first = new Set<string>();
      const follow = (name: string): void => {
        const chunk = bundle[name];
        if (chunk?.type !== 'chunk' || first.has(name)) return;
        first.add(name);
        chunk.imports.forEach(follow);
      };
      for (const [name, chunk] of Object.entries(bundle)) {
        if (chunk.type === 'chunk' && chunk.isEntry) follow(name);
      }
      let bytes = 0;
      for (const name of first) {
        const chunk = bundle[name];
        if (chunk?.type === 'chunk') bytes += gzipSync(chunk.code, { level: 9 }).length;
      }
      const found = `${(bytes / 1000).toFixed(1)} kB of scripts at first, gzipped`;
      if (bytes > kilobytes * 1000) this.error(`${found}: ${kilobytes} kB are allowed`);
      this.info(found);
    },
  };
}
