import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './process.mjs';
import { workspacePackages } from './workspace.mjs';

const stamp = join(root, 'node_modules', '.cache', 'facemorph', 'install');

/**
 * The pinned pnpm as a command line, by npx: nothing has to be installed globally.
 *
 * @returns {string}
 */
export function pnpm() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return `npx --yes --prefer-offline ${packageManager}`;
}

/**
 * Installs what the lockfile says, unless `node_modules` already holds exactly that:
 * then no program is started and no network is needed.
 *
 * @returns {Promise<boolean>} Whether the dependencies are there.
 */
export async function ensureInstalled() {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  console.log('Installing dependencies (once per lockfile) ...');
  const { code } = await run(
    `${pnpm()} install --frozen-lockfile --prefer-offline --config.confirm-modules-purge=false`,
  );
  if (code !== 0) {
    console.error('The dependencies could not be installed; the first install needs the network.');
    return false;
  }
  mkdirSync(join(stamp, '..'), { recursive: true });
  writeFileSync(stamp, wanted);
  return true;
}

/** All that decides what `node_modules` must hold. */
function fingerprint() {
  const hash = createHash('sha256');
  hash.update(`${process.platform} ${process.arch}\n`);
  const manifests = workspacePackages().map(({ directory }) => join(directory, 'package.json'));
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']) {
    hash.update(readFileSync(join(root, file)));
  }
  for (const file of manifests) hash.update(readFileSync(file));
  return hash.digest('hex');
}
