import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './process.mjs';

/**
 * A program that the tests use and npm cannot bring.
 *
 * @typedef {object} Tool
 * @property {string} variable Environment variable that names its path.
 * @property {readonly string[]} names As it is called on the PATH.
 * @property {readonly string[]} [elsewhere] Usual places that are on no PATH.
 * @property {string} debian The package that has it.
 */

/**
 * The program that is installed here: the one that the variable names, else the first on the PATH or
 * elsewhere.
 *
 * @param {Tool} tool
 * @returns {string | undefined}
 */
export function findTool({ variable, names, elsewhere = [] }) {
  const wanted = process.env[variable];
  if (wanted) return existsSync(wanted) ? wanted : undefined;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return [
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    ...elsewhere,
  ].find((path) => existsSync(path));
}

/**
 * On a CI machine, installs the program where it is missing and that is possible (Debian, as root).
 *
 * @param {Tool} tool
 * @returns {Promise<string | undefined>}
 */
export async function ensureTool(tool) {
  const found = findTool(tool);
  const root = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (found !== undefined || !process.env.CI || !root) return found;
  console.log(`Installing ${tool.debian} for the tests ...`);
  const { code, output } = await run(
    `apt-get update -q && apt-get install -q -y --no-install-recommends ${tool.debian}`,
    { quiet: true, timeout: 300_000, env: { DEBIAN_FRONTEND: 'noninteractive' } },
  );
  if (code !== 0) console.log(output);
  return findTool(tool);
}
