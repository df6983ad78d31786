// `npm run check`: everything that reads the code or the packages without running them.
// Needs `npm run build` first. `--report FILE` writes the result as JSON; `--only NAME` runs one.
import { existsSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { requireNode, root, run } from './lib/process.mjs';
import { summary, tally } from './lib/tally.mjs';
import { workspacePackages } from './lib/workspace.mjs';

requireNode();
const packages = workspacePackages();
const published = packages.filter((item) => item.published);
const typed = packages.filter(({ directory }) => existsSync(join(directory, 'tsconfig.json')));
const libraries = published.filter(({ name }) => name !== 'facemorph');

/** @param {string} directory */
const short = (directory) => relative(root, directory);

/** @type {{ name: string, command: string }[]} */
const steps = [
  { name: 'biome', command: 'biome ci --colors=off --error-on-warnings .' },
  { name: 'tsc root', command: 'tsc -p tsconfig.json' },
  ...typed.map(({ directory }) => ({
    name: `tsc ${short(directory)}`,
    command: `tsc -p ${short(directory)}/tsconfig.json`,
  })),
  { name: 'knip', command: 'knip --no-progress' },
  ...published.map(({ directory }) => ({
    name: `publint ${short(directory)}`,
    command: `publint run ${short(directory)} --strict --pack npm`,
  })),
  // Resolution as in TypeScript's node10 knows no `exports`: such consumers are not served.
  ...libraries.map(({ name, directory }) => ({
    name: `attw ${short(directory)}`,
    command: `attw --pack ${short(directory)} --profile node16 --no-emoji --no-color --format table${exceptions(name)}`,
  })),
  { name: 'size-limit', command: 'size-limit' },
];

const only = argument('--only');
const result = tally();
const wanted = steps.filter(({ name }) => only === undefined || name.startsWith(only));
/** Two at a time, shown in order. @type {ReturnType<typeof run>[]} */
const running = [];
for (const [at, { name, command }] of wanted.entries()) {
  for (const { command: next } of wanted.slice(running.length, at + 2)) {
    running.push(run(next, { quiet: true, timeout: 300_000 }));
  }
  const { code, output } = (await running[at]) ?? { code: 1, output: '' };
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  if (name === 'size-limit' || code !== 0) console.log(output.trimEnd());
  if (code === 0) result.passed += 1;
  else {
    result.failed += 1;
    result.notes.push(`${name}: ${command}`);
  }
}
console.log(summary(result));
const report = argument('--report');
if (report !== undefined) writeFileSync(report, JSON.stringify(result));
process.exitCode = result.failed > 0 || result.passed === 0 ? 1 : 0;

/**
 * What attw must not judge: a browser build has no CommonJS; weights, schemas and styles are no modules.
 *
 * @param {string} name
 * @returns {string}
 */
function exceptions(name) {
  if (name === '@facemorph/core') {
    return ' --exclude-entrypoints ./browser ./attributes.schema.json ./recipe.schema.json';
  }
  if (name === '@facemorph/react') return ' --exclude-entrypoints ./styles.css';
  return '';
}

/**
 * @param {string} name
 * @returns {string | undefined}
 */
function argument(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}
