import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, run } from './process.mjs';
import { workspacePackages } from './workspace.mjs';

const stamps = join(root, 'node_modules', '.cache', 'facemorph', 'build');

/** What a package's output never depends on. */
const ignored =
  /^(node_modules|dist|training|coverage|bench)$|\.(test|test-d|stories)\.tsx?$|\.md$|^LICENSE$/;

/**
 * Builds every package after those it needs, skipping what is up to date.
 *
 * @param {{ force?: boolean }} [options]
 * @returns {Promise<string[]>} The names of the packages that failed, or were not tried since one they need failed.
 */
export async function buildAll({ force = false } = {}) {
  const packages = new Map(workspacePackages().map((item) => [item.name, item]));
  /** @type {Map<string, Promise<string | undefined>>} */
  const started = new Map();
  /** @type {string[]} */
  const failed = [];

  /**
   * @param {string} name
   * @returns {Promise<string | undefined>} The hash of all it was built from; undefined when it failed.
   */
  const build = async (name) => {
    const item = packages.get(name);
    if (item === undefined) throw new Error(`No package ${name} in the workspace`);
    const needs = await Promise.all(item.needs.map(once));
    if (needs.includes(undefined)) {
      console.log(`- ${name}: not built, since a package it needs failed`);
      failed.push(name);
      return undefined;
    }
    const hash = inputs(item.directory, needs.join());
    const stamp = join(stamps, name.replace('/', '+'));
    const current = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
    if (item.build === undefined) return hash;
    if (current && existsSync(join(item.directory, 'dist')) && !force) return hash;

    rmSync(stamp, { force: true });
    const start = performance.now();
    const { code, output } = await run(item.build, { cwd: item.directory, quiet: true });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`- ${name}: ${code === 0 ? 'built' : 'FAILED'} in ${seconds} s`);
    if (code !== 0) {
      console.log(output);
      failed.push(name);
      return undefined;
    }
    mkdirSync(stamps, { recursive: true });
    writeFileSync(stamp, hash);
    return hash;
  };

  /** @param {string} name */
  const once = (name) => {
    const known = started.get(name) ?? build(name);
    started.set(name, known);
    return known;
  };

  await Promise.all([...packages.keys()].map(once));
  return failed;
}

/**
 * Builds the static Storybook from built packages, unless it is up to date.
 *
 * @param {{ force?: boolean }} [options]
 * @returns {Promise<boolean>} Whether it is there.
 */
export async function buildStorybook({ force = false } = {}) {
  const shown = [join(root, '.storybook'), join(root, 'packages', 'react', 'src')];
  const hash = createHash('sha256');
  for (const name of ['core', 'models', 'react']) {
    hash.update(readFileSync(join(stamps, `@facemorph+${name}`)));
  }
  for (const file of shown.flatMap((folder) => filesOf(folder, /^node_modules$/))) {
    hash.update(relative(root, file));
    hash.update(readFileSync(file));
  }
  const current = hash.digest('hex');
  const stamp = join(stamps, 'storybook');
  const index = join(root, 'storybook-static', 'index.json');
  if (!force && existsSync(index) && existsSync(stamp) && readFileSync(stamp, 'utf8') === current) {
    return true;
  }
  rmSync(stamp, { force: true });
  const start = performance.now();
  const command = 'storybook build --output-dir storybook-static --quiet';
  const { code, output } = await run(command, { quiet: true, timeout: 600_000 });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`- storybook: ${code === 0 ? 'built' : 'FAILED'} in ${seconds} s`);
  if (code === 0) writeFileSync(stamp, current);
  else console.log(output);
  return code === 0;
}

/**
 * The hash of every file that a build of this package reads.
 *
 * @param {string} directory
 * @param {string} needs The hashes of the packages it needs.
 * @returns {string}
 */
function inputs(directory, needs) {
  const hash = createHash('sha256');
  hash.update(needs);
  for (const file of ['pnpm-lock.yaml', 'tsconfig.base.json']) {
    hash.update(readFileSync(join(root, file)));
  }
  for (const file of filesOf(directory)) {
    hash.update(relative(root, file));
    hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

/**
 * @param {string} directory
 * @param {RegExp} [skip] Names that are left out.
 * @returns {string[]} Absolute, sorted.
 */
function filesOf(directory, skip = ignored) {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => !skip.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? filesOf(path, skip) : [path];
    });
}
