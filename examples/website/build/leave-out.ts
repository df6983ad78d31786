import type { Plugin } from 'vite';

/**
 * Takes files out of the built site that packages offer and the site never asks for. A pattern that
 * finds nothing fails the build: it would hide that the file has another name by now.
 */
export function leaveOut(patterns: readonly RegExp[]): Plugin {
  return {
    name: 'leave-out',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const pattern of patterns) {
        const names = Object.keys(bundle).filter((name) => pattern.test(name));
        if (names.length === 0) this.error(`No file of the site matches ${pattern}`);
        for (const name of names) delete bundle[name];
      }
    },
  };
}
