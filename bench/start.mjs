// `npm run bench:start`: how long a page takes from its address to the first edited frame, at the
// first visit and at the second, phase by phase, and what goes over the wire for it, file by file.
// Needs `npm run build` first. --quick takes 3 rounds, not 9; --json prints one JSON object on stdout.
import './help.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { findChromium } from '../scripts/lib/chromium.mjs';
import { root } from '../scripts/lib/process.mjs';
import { raisePriority } from './priority.mjs';
import { startTable, wire } from './start/report.mjs';
import { serveSite } from './start/server.mjs';
import { summarize } from './statistics.mjs';

/** @typedef {{ phases: Record<string, number>, next: number[], photo: number }} Visit */
/** @typedef {import('./start/server.mjs').Answer} Answer */
/** @typedef {{ phases: Record<string, number>, photo: number, nextFirst: number, nextMedian: number }} Timing */

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' } },
});
const rounds = options.quick ? 3 : 9;
raisePriority();
const executablePath = findChromium();
if (executablePath === undefined) {
  console.error('No Chromium or Chrome was found.');
  process.exit(1);
}
const page = join(root, 'bench', 'start', 'page');
const out = join(root, 'node_modules', '.cache', 'facemorph', 'bench-start');
await build({
  configFile: false,
  root: page,
  base: './',
  logLevel: 'error',
  build: { target: 'es2022', outDir: out, emptyOutDir: true },
  worker: { format: 'es' },
});
const site = await serveSite(out);
/** @type {Record<'cold' | 'warm', Visit[]>} */
const visits = { cold: [], warm: [] };
/** @type {Record<'cold' | 'warm', Answer[]>} */
const sent = { cold: [], warm: [] };
let version = '';
try {
  // The first round only has the files compressed.
  for (let round = 0; round <= rounds; round++) {
    const profile = mkdtempSync(join(tmpdir(), 'facemorph-start-'));
    const browser = await chromium.launchPersistentContext(profile, {
      executablePath,
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
    });
    version = browser.browser()?.version() ?? version;
    for (const kind of /** @type {const} */ (['cold', 'warm'])) {
      site.take();
      const result = await visit(browser);
      sent[kind] = site.take();
      if (round > 0) visits[kind].push(result);
    }
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
    console.error(round > 0 ? `round ${round} of ${rounds}` : 'compressed');
  }
} finally {
  await site.close();
}

const report = {
  benchmark: 'start',
  quick: options.quick ?? false,
  machine: { cpu: cpus()[0]?.model.trim(), cores: cpus().length, chromium: version },
  rounds,
  cold: timing(visits.cold),
  warm: timing(visits.warm),
  wire: wire(sent.cold),
  warmRequests: sent.warm.map(({ path }) => path),
};
console.log(options.json ? JSON.stringify(report) : startTable(report));

/**
 * @param {import('playwright-core').BrowserContext} browser
 * @returns {Promise<Visit>}
 */
async function visit(browser) {
  const tab = await browser.newPage();
  await tab.goto(site.url);
  const result = await tab.evaluate(
    () => /** @type {{ visited: Promise<Visit> }} */ (/** @type {unknown} */ (globalThis)).visited,
  );
  await tab.close();
  return result;
}

/**
 * Medians over the rounds.
 *
 * @param {Visit[]} list
 * @returns {Timing}
 */
function timing(list) {
  const median = (/** @type {(visit: Visit) => number} */ of) => summarize(list.map(of)).median;
  const names = Object.keys(list[0]?.phases ?? {});
  return {
    phases: Object.fromEntries(names.map((name) => [name, median((v) => Number(v.phases[name]))])),
    nextFirst: median((v) => Number(v.next[0])),
    nextMedian: median((v) => summarize(v.next.slice(5)).median),
    photo: median((v) => v.photo),
  };
}
