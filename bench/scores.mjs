// `npm run scores`: how the built website does in headless Chromium, page by page, each at a first
// visit of a browser of its own: first contentful paint, blocking, layout shift, what axe finds, and
// the scripts that are there before the engine. Needs `npm run build` first. Exits with 1 when a page
// has an accessibility fault, complains, or loads more scripts than its budget. `--json` prints one
// JSON object.
import './help.mjs';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { findChromium } from '../scripts/lib/chromium.mjs';
import { root } from '../scripts/lib/process.mjs';
import { serve } from '../scripts/lib/static-server.mjs';
import { raisePriority } from './priority.mjs';
import { scoresTable } from './scores/report.mjs';

/** @typedef {import('./scores/report.mjs').Score} Score */

const PAGES = ['generate', 'edit', 'morph', 'mix', 'learn', 'how'];
/** Scripts before the engine, in kB gzipped; the build of the site enforces the same. */
const BUDGET_KB = 150;
/** Lighthouse's screens: a phone and a desk. */
const SCREENS = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1350, height: 940 } },
};
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const { values: options } = parseArgs({ options: { json: { type: 'boolean' } } });
const executablePath = findChromium();
if (executablePath === undefined) {
  console.error('No Chromium or Chrome was found.');
  process.exit(1);
}
raisePriority();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = join(root, 'examples', 'website', 'dist');
const site = await serve({ folder });
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
});

/** @type {Score[]} */
const pages = [];
try {
  for (const page of PAGES) {
    for (const screen of /** @type {const} */ (['phone', 'desktop'])) {
      pages.push(await score(page, screen));
      if (!options.json) console.error(`${page}, ${screen}: done`);
    }
  }
} finally {
  await browser.close();
  await site.close();
}
const report = {
  benchmark: 'scores',
  machine: { cpu: cpus()[0]?.model.trim(), cores: cpus().length, chromium: browser.version() },
  budgetKb: BUDGET_KB,
  pages,
};
console.log(options.json ? JSON.stringify(report) : scoresTable(report));
const isGood = pages.every(
  ({ faults, complaints, scriptsKb }) =>
    faults.length === 0 && complaints.length === 0 && scriptsKb <= BUDGET_KB,
);
process.exitCode = isGood ? 0 : 1;

/**
 * One page at the first visit of somebody.
 *
 * @param {string} page
 * @param {keyof typeof SCREENS} screen
 * @returns {Promise<Score>}
 */
async function score(page, screen) {
  const context = await browser.newContext({ ...SCREENS[screen], reducedMotion: 'reduce' });
  try {
    /** @type {Set<string>} */
    const requested = new Set();
    context.on('request', (request) => {
      // The service worker fetches all that the other pages need, when this page is there.
      if (request.serviceWorker() === null) requested.add(new URL(request.url()).pathname);
    });
    const tab = await context.newPage();
    /** @type {string[]} */
    const complaints = [];
    tab.on('pageerror', (error) => complaints.push(String(error)));
    tab.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await tab.addInitScript(observe);
    await tab.goto(`${site.url}#/${page}`);
    // All pages draw faces; they are complete when nothing is fetched any more.
    await tab.locator('main canvas').first().waitFor({ timeout: 120_000 });
    await tab.waitForLoadState('networkidle', { timeout: 120_000 });
    await tab.waitForTimeout(1000);
    const seen = await tab.evaluate(() => {
      const { scores } = /** @type {{ scores: Seen }} */ (/** @type {unknown} */ (globalThis));
      return scores;
    });
    await tab.evaluate(axe);
    const faults = await tab.evaluate(findFaults, WCAG);
    const scriptsKb = gzippedScripts(requested) / 1000;
    return { page, screen, ...seen, scriptsKb, faults, complaints };
  } finally {
    await context.close();
  }
}

/** @typedef {Pick<Score, 'paintMs' | 'largestMs' | 'blockingMs' | 'shift'>} Seen */

/** Runs in the page, before all else: must not use anything from outside. */
function observe() {
  /** Longer tasks block what the user does by what goes beyond this. */
  const LONG_MS = 50;
  const scores = { paintMs: 0, largestMs: 0, blockingMs: 0, shift: 0 };
  Object.assign(globalThis, { scores });
  /** @type {(type: string, see: (entry: any) => void) => void} */
  const watch = (type, see) =>
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({
      type,
      buffered: true,
    });
  watch('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') scores.paintMs = startTime;
  });
  watch('largest-contentful-paint', ({ startTime }) => {
    scores.largestMs = startTime;
  });
  watch('longtask', ({ startTime, duration }) => {
    // As the measure has it: what comes before the first picture blocks nobody.
    if (scores.paintMs > 0 && startTime >= scores.paintMs) {
      scores.blockingMs += Math.max(0, duration - LONG_MS);
    }
  });
  watch('layout-shift', ({ value, hadRecentInput }) => {
    if (!hadRecentInput) scores.shift += value;
  });
}

/**
 * Runs in the page: must not use anything from outside.
 * @param {string[]} values
 * @returns {Promise<string[]>}
 */
async function findFaults(values) {
  const { axe } = /** @type {{ axe: typeof import('axe-core') }} */ (
    /** @type {unknown} */ (globalThis)
  );
  const { violations } = await axe.run({ runOnly: { type: 'tag', values } });
  return violations.map(({ id, nodes }) => `${id} (${nodes.length})`);
}

/**
 * Bytes of the scripts among the files that a page asked for, gzipped one by one. The engine runs in a
 * Worker of its own, which blocks nothing.
 *
 * @param {Iterable<string>} paths
 * @returns {number}
 */
function gzippedScripts(paths) {
  const scripts = [...paths].filter((path) => /\.js$/.test(path) && !/\/(worker|sw)\b/.test(path));
  const sizes = scripts.map(
    (path) => gzipSync(readFileSync(join(folder, path)), { level: 9 }).length,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
