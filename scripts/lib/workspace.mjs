import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.mjs';

/**
 * @typedef {object} WorkspacePackage
 * @property {string} name
 * @property {string} directory Absolute.
 * @property {boolean} published Whether it goes to npm.
 * @property {string | undefined} build The command line of its `build` script.
 * @property {string[]} needs Names of the packages of this workspace that it depends on.
 */

/**
 * Examples that are no members of the workspace (see pnpm-workspace.yaml): a test installs, builds and
 * visits them as they are when copied, so that a checkout goes without their frameworks.
 */
const OUTSIDE = new Set(['next-app']);

/**
 * The packages and examples of the workspace, by name.
 *
 * @returns {WorkspacePackage[]}
 */
export function workspacePackages() {
  const found = ['packages', 'examples']
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => !OUTSIDE.has(name))
        .map((name) => join(folder, name)),
    )
    .filter((directory) => existsSync(join(directory, 'package.json')))
    .map((directory) => ({
      directory,
      manifest: JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')),
    }));
  const names = new Set(found.map(({ manifest }) => manifest.name));
  return found
    .map(({ directory, manifest }) => ({
      name: manifest.name,
      directory,
      published: manifest.private !== true,
      build: manifest.scripts?.build,
      needs: Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).filter((name) =>
        names.has(name),
      ),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
