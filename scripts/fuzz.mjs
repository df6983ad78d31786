// `npm run fuzz -- --runs N [--seed S]`: hands every parser N inputs and injects every fault, sends N
// hostile requests and live messages to a server, kills workers of a queue and its Redis, then prints what became of it all.
// Without `--runs`, what CI does, and 200 requests. Exit code 1 when anything broke.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll } from './lib/build.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { requireNode, run } from './lib/process.mjs';

/**
 * What the suite says of one parser (tests/fuzz/harness.ts) or of one fault (tests/fuzz/faults.ts).
 *
 * @typedef {{ kind: 'parser', target: string, seed: number, tried: number, values: number,
 *   refused: Record<string, number>, hangs: number, rejections: number, memory: number }} ParserRow
 * @typedef {{ kind: 'fault', fault: string, injected: number, survived: number, lost: number }} FaultRow
 */

requireNode();
const runs = numberOf('--runs');
const seed = numberOf('--seed') ?? (runs === undefined ? undefined : Date.now() % 2 ** 31);
// Processes that are killed run what is built.
if (!(await ensureInstalled()) || (await buildAll()).length > 0) process.exit(1);
const folder = mkdtempSync(join(tmpdir(), 'facemorph-fuzz-'));
const file = join(folder, 'report.jsonl');
/** @type {NodeJS.ProcessEnv} */
const env = { FACEMORPH_FUZZ_REPORT: file };
if (seed !== undefined) env.FACEMORPH_FUZZ_SEED = String(seed);
if (runs !== undefined) {
  env.FACEMORPH_FUZZ_RUNS = String(runs);
  env.FACEMORPH_FUZZ_TIMEOUT = String(24 * 3600 * 1000);
}
const suites = ['--project fuzz'];
const chromium = await ensureChromium();
if (chromium !== undefined) {
  env.FACEMORPH_CHROMIUM = chromium;
  suites.push('--project browser tests/browser/hostile-pictures tests/browser/faults');
}
let code = 0;
for (const suite of suites) {
  const ended = await run(`vitest run ${suite}`, { env, timeout: 24 * 3600 * 1000 });
  code ||= ended.code;
}
const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
rmSync(folder, { recursive: true });
/** @type {(ParserRow | FaultRow)[]} */
const rows = lines.filter(Boolean).map((line) => JSON.parse(line));
const parsers = rows.filter((row) => row.kind === 'parser');
const faults = rows.filter((row) => row.kind === 'fault');

const server = await hostileRequests(runs ?? 200, seed ?? 1);
const queue = await killedQueue();
parsers.push(...server.rows);
faults.push(...queue.rows);

print(
  ['parser', 'inputs', 'values', 'refused', 'hangs', 'rejections', 'memory MB'],
  parsers.map((row) => {
    const refused = Object.values(row.refused).reduce((sum, count) => sum + count, 0);
    const { target, tried, values, hangs, rejections, memory } = row;
    return [target, tried, values, refused, hangs, rejections, memory];
  }),
);
print(['fault', 'injected', 'survived', 'data lost'], summed(faults));
const wrong = parsers.filter(({ tried, values, refused }) => {
  return tried !== values + Object.values(refused).reduce((sum, count) => sum + count, 0);
});
console.log(`\nSeed ${parsers[0]?.seed ?? '?'}. Other errors and crashes: ${wrong.length}.`);
if (chromium === undefined)
  console.log('There is no Chromium here: nothing was tried in a browser.');
if (queue.rows.length === 0) console.log('There is no redis-server here: no queue was tried.');
const isWhole = code === 0 && rows.length > 0 && server.code === 0 && queue.code === 0;
if (!isWhole) console.log('Something broke: see above.');
process.exitCode = isWhole ? 0 : 1;

/**
 * @param {number} count
 * @param {number} seed
 * @returns {Promise<{ code: number, rows: ParserRow[] }>}
 */
async function hostileRequests(count, seed) {
  const command = `node bench/fuzz-server.mjs --json --count ${count} --seed ${seed}`;
  const { code, output } = await run(command, { quiet: true });
  const report = lastJson(output);
  if (code !== 0) console.log(output);
  if (report === undefined) return { code: 1, rows: [] };
  const { 200: values = 0, ...refused } = report.byStatus;
  const { opened = 0, frame = 0, ...errors } = report.live.byAnswer;
  const rest = /** @type {const} */ ({ kind: 'parser', seed, rejections: 0 });
  const memory = report.memoryMb.after;
  /** @type {ParserRow[]} */
  const rows = [
    {
      ...{ ...rest, memory, target: 'HTTP requests', tried: report.sent },
      ...{ values, refused, hangs: refused.TimeoutError ?? 0 },
    },
    {
      ...{ ...rest, memory, target: 'WebSocket messages', tried: report.live.sent },
      ...{ values: opened + frame, refused: errors, hangs: errors.timeout ?? 0 },
    },
  ];
  return { code, rows };
}

/** @returns {Promise<{ code: number, rows: FaultRow[] }>} */
async function killedQueue() {
  const { code, output } = await run('node bench/chaos.mjs --quick --json', { quiet: true });
  const report = lastJson(output);
  if (report === undefined) return { code: /no redis-server/.test(output) ? 0 : 1, rows: [] };
  const lost = report.missing + report.unexpected + report.different + report.failed;
  /** @type {(fault: string, injected: number) => FaultRow} */
  const row = (fault, injected) => ({
    ...{ kind: 'fault', fault, injected },
    ...{ survived: lost === 0 ? injected : 0, lost },
  });
  const faults = [row('a worker of the queue is killed', report.kills)];
  return { code, rows: [...faults, row('Redis is killed', report.redisRestarts)] };
}

/**
 * The object that a program printed last.
 *
 * @param {string} output
 */
function lastJson(output) {
  const line = output.split('\n').findLast((text) => text.startsWith('{'));
  return line === undefined ? undefined : JSON.parse(line);
}

/**
 * One line for each fault, and their sum.
 *
 * @param {readonly FaultRow[]} faults
 * @returns {(string | number)[][]}
 */
function summed(faults) {
  /** @type {Map<string, [injected: number, survived: number, lost: number]>} */
  const sums = new Map();
  for (const { fault, injected, survived, lost } of faults) {
    for (const name of [fault, 'all']) {
      const [a, b, c] = sums.get(name) ?? [0, 0, 0];
      sums.set(name, [a + injected, b + survived, c + lost]);
    }
  }
  const all = sums.get('all') ?? [0, 0, 0];
  sums.delete('all');
  return [...sums, /** @type {const} */ (['all', all])].map(([name, counts]) => [name, ...counts]);
}

/**
 * @param {readonly string[]} header
 * @param {readonly (readonly (string | number)[])[]} body
 * @returns {void}
 */
function print(header, body) {
  const all = [header, ...body].map((row) => row.map(String));
  const widths = header.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  console.log('');
  for (const row of all) {
    const cells = row.map((cell, i) =>
      i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
    );
    console.log(cells.join('  '));
  }
}

/**
 * @param {string} name
 * @returns {number | undefined}
 */
function numberOf(name) {
  const at = process.argv.indexOf(name);
  if (at < 0) return undefined;
  const value = Number(process.argv[at + 1]);
  if (Number.isInteger(value) && value > 0) return value;
  console.error(`${name} takes a whole number above 0`);
  process.exit(2);
}
