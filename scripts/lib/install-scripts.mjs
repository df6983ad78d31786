import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const HOOKS = ['preinstall', 'install', 'postinstall'];

/**
 * Names of the installed packages that would run something when they are installed.
 *
 * @param {string} store `node_modules/.pnpm`
 * @returns {string[]} Sorted.
 */
export function withInstallScripts(store) {
  const folders = readdirSync(store).map((name) => join(store, name, 'node_modules'));
  const names = folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => packagesIn(folder).filter((name) => runsSomething(join(folder, name))));
  return [...new Set(names)].sort();
}

/**
 * @param {string} folder A `node_modules` folder.
 * @returns {string[]}
 */
function packagesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .flatMap(({ name }) =>
      name.startsWith('@')
        ? readdirSync(join(folder, name), { withFileTypes: true })
            .filter((entry) => entry.isDirectory())
            .map((entry) => `${name}/${entry.name}`)
        : [name],
    );
}

/**
 * npm compiles a package with a `binding.gyp` even when it names no script.
 *
 * @param {string} folder Of one package.
 * @returns {boolean}
 */
function runsSomething(folder) {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return false;
  const { scripts = {} } = JSON.parse(readFileSync(file, 'utf8'));
  return HOOKS.some((hook) => hook in scripts) || existsSync(join(folder, 'binding.gyp'));
}
