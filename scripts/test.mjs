// `npm test`: installs, builds, runs every suite in a process of its own, and ends with one line:
// `N passed, N failed[, N skipped]`. The exit code is 1 when anything failed or nothing ran.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll, buildStorybook } from './lib/build.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureExiftool } from './lib/exiftool.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { requireNode, root, run } from './lib/process.mjs';
import { ensurePython } from './lib/python.mjs';
import { ensureRedis } from './lib/redis.mjs';
import { pytestTally, summary, tally, vitestTally } from './lib/tally.mjs';

/** @typedef {import('./lib/tally.mjs').Tally} Tally */

requireNode();
const reports = mkdtempSync(join(tmpdir(), 'facemorph-test-'));
/** @type {Map<string, Tally>} */
const results = new Map();

// The long downloads go on beside the build.
const pythonReady = ensurePython();

const installed = await step('install', async () =>
  (await ensureInstalled())
    ? tally({ passed: 1 })
    : tally({ failed: 1, notes: ['the dependencies could not be installed'] }),
);
if (installed.failed === 0) {
  await step('build', async () => {
    const failed = await buildAll();
    return failed.length === 0
      ? tally({ passed: 1 })
      : tally({ failed: failed.length, notes: failed.map((name) => `${name} does not build`) });
  });
  await step('check', check);
  await step('unit', () => vitest('unit'));
  await step('react 18', () => vitest('react-18'));
  await step('contract', () => vitest('contract'));
  await step('parity', () => vitest('parity'));
  await step('fuzz', () => vitest('fuzz'));
  await step('cli', cli);
  await step('server', server);
  await step('packaging', () => vitest('packaging'));
  await step('browser', () => browser());
  await step('examples', () => browser('examples'));
  await step('stories', stories);
}
await step('python', python);

rmSync(reports, { recursive: true, force: true });
const total = [...results.values()].reduce((sum, { passed, failed, skipped, notes }) => ({
  passed: sum.passed + passed,
  failed: sum.failed + failed,
  skipped: sum.skipped + skipped,
  notes: [...sum.notes, ...notes],
}));
console.log('');
for (const [name, result] of results) {
  console.log(`${name.padEnd(10)} ${summary(result)}`);
  for (const note of result.notes) console.log(`           - ${note}`);
}
console.log(`\n${summary(total)}`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

/**
 * Runs one suite; whatever happens in it becomes a result.
 *
 * @param {string} name
 * @param {() => Promise<Tally>} suite
 * @returns {Promise<Tally>}
 */
async function step(name, suite) {
  console.log(`\n=== ${name}`);
  const start = performance.now();
  const result = await suite().catch((error) => tally({ failed: 1, notes: [String(error)] }));
  results.set(name, result);
  console.log(
    `=== ${name}: ${summary(result)} (${Math.round((performance.now() - start) / 1000)} s)`,
  );
  return result;
}

/**
 * One vitest project, counted from its JSON report.
 *
 * @param {string} project
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Tally>}
 */
async function vitest(project, env = {}) {
  const report = join(reports, `${project}.json`);
  const { code } = await run(
    `vitest run --project ${project} --reporter=default --reporter=json --outputFile.json="${report}"`,
    { env, timeout: 900_000 },
  );
  return vitestTally(read(report), code);
}

/** @returns {Promise<Tally>} */
async function check() {
  const report = join(reports, 'check.json');
  const { code } = await run(`node scripts/check.mjs --report "${report}"`, { timeout: 900_000 });
  const text = read(report);
  return text === undefined
    ? tally({ failed: 1, notes: [`check ended with code ${code} and left no report`] })
    : JSON.parse(text);
}

/** @returns {Promise<Tally>} */
async function server() {
  const redis = await ensureRedis();
  return vitest('server', redis === undefined ? {} : { FACEMORPH_REDIS: redis });
}

/** @returns {Promise<Tally>} */
async function cli() {
  return vitest('cli', await exiftool());
}

/** @returns {Promise<NodeJS.ProcessEnv>} */
async function exiftool() {
  const path = await ensureExiftool();
  return path === undefined ? {} : { FACEMORPH_EXIFTOOL: path };
}

/**
 * A suite that needs Chromium.
 *
 * @param {string} [project]
 * @returns {Promise<Tally>}
 */
async function browser(project = 'browser') {
  const chromium = await ensureChromium();
  if (chromium !== undefined) {
    return vitest(project, { FACEMORPH_CHROMIUM: chromium, ...(await exiftool()) });
  }
  const note = 'no Chromium or Chrome was found: nothing was tested in a browser';
  console.log(`!!! ${note}`);
  return process.env.CI
    ? tally({ failed: 1, notes: [note] })
    : tally({ skipped: 1, notes: [note] });
}

/** @returns {Promise<Tally>} */
async function stories() {
  const chromium = await ensureChromium();
  if (chromium === undefined) return browser();
  if (await buildStorybook()) return vitest('stories', { FACEMORPH_CHROMIUM: chromium });
  return tally({ failed: 1, notes: ['Storybook does not build'] });
}

/** @returns {Promise<Tally>} */
async function python() {
  const ready = await pythonReady;
  if ('missing' in ready) {
    console.log(`!!! The Python tests are skipped: ${ready.missing}`);
    return tally({ skipped: 1, notes: [`skipped: ${ready.missing.split('\n')[0]}`] });
  }
  const report = join(reports, 'pytest.xml');
  const { code } = await run(`"${ready.python}" -m pytest -q --junitxml="${report}" tests`, {
    cwd: join(root, 'packages', 'models', 'training'),
    timeout: 900_000,
  });
  return pytestTally(read(report), code);
}

/**
 * @param {string} path
 * @returns {string | undefined}
 */
function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
