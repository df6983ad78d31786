// `npm run bench:live`: how live a drag is. In headless Chromium, the slider "Smile" of the real
// <FaceMorpher>, on the real weights and one wasm thread, is dragged to and fro by mouse for 10 s;
// then all sliders are set to random places 200 times.
// Needs `npm run build` first. `--json` prints one JSON object; `--quick` drags for 3 s.
import './help.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { findChromium } from '../scripts/lib/chromium.mjs';
import { root } from '../scripts/lib/process.mjs';
import { serve } from '../scripts/lib/static-server.mjs';
import { raisePriority } from './priority.mjs';
import { summarize } from './statistics.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ bench: import('./live/page.mjs').LiveBench }} Global */

const SETS = 200;
/** Canvases scale the same picture with differences of this many levels of 0..255. */
const ROUNDING = 2;
const SWEEP_MS = 1200;
/** As often as a mouse reports; the browser passes on the newest of them with each frame. */
const MOVE_MS = 8;
/** Moves that are under way at most, for a browser that cannot follow. */
const MOVES_AHEAD = 4;
/** Frames are counted in windows of so many ms. */
const WINDOW_MS = 500;

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' } },
});
const executablePath = findChromium();
if (executablePath === undefined) throw new Error('No Chromium or Chrome was found');
raisePriority();

const folder = mkdtempSync(join(tmpdir(), 'facemorph-live-'));
try {
  await build({
    root: join(root, 'bench', 'live'),
    logLevel: 'error',
    base: './',
    build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
    worker: { format: 'es' },
    // Only this build of React runs the Profiler.
    resolve: { alias: { 'react-dom/client': 'react-dom/profiling' } },
  });
  const report = await measure(executablePath, options.quick ? 3000 : 10_000);
  console.log(options.json ? JSON.stringify(report) : text(report));
  process.exitCode = report.lastSet.same ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * @param {string} executablePath
 * @param {number} dragMs
 */
async function measure(executablePath, dragMs) {
  const server = await serve({ folder });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    await page.goto(server.url);
    await page.waitForFunction(() => 'bench' in globalThis, undefined, { timeout: 60_000 });
    // The first pictures warm the engine up, as they do for anybody.
    await drag(page, 1000);
    await page.waitForTimeout(500);
    const result = await drag(page, dragMs);
    const worstLevel = await page.evaluate(
      (count) =>
        /** @type {Global} */ (/** @type {unknown} */ (globalThis)).bench.setManyTimes(count),
      SETS,
    );
    const about = await page.evaluate(() => {
      const { bench } = /** @type {Global} */ (/** @type {unknown} */ (globalThis));
      return { backend: bench.backend, rejections: bench.rejections() };
    });
    return {
      benchmark: 'live',
      quick: options.quick ?? false,
      machine: { cpu: cpus()[0]?.model.trim(), cores: cpus().length, node: process.version },
      browser: `chromium ${browser.version()}`,
      backend: about.backend,
      threads: 1,
      ...summary(result),
      rejections: about.rejections,
      lastSet: { sets: SETS, worstLevel, same: worstLevel <= ROUNDING },
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

/**
 * Drags the slider to and fro by mouse.
 *
 * @param {Page} page
 * @param {number} ms
 * @returns {Promise<import('./live/watch.mjs').DragReport>}
 */
async function drag(page, ms) {
  const box = await page.getByRole('slider', { name: 'Smile', exact: true }).boundingBox();
  if (!box) throw new Error('The slider is not in sight');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width / 2, y);
  await page.mouse.down();
  await page.evaluate(() =>
    /** @type {Global} */ (/** @type {unknown} */ (globalThis)).bench.start(),
  );
  const start = performance.now();
  /** @type {Set<Promise<void>>} */
  const moves = new Set();
  for (let now = start; now - start < ms; now = performance.now()) {
    const phase = ((now - start) / SWEEP_MS) * 2 * Math.PI;
    const move = page.mouse.move(box.x + box.width * (0.5 + 0.4 * Math.sin(phase)), y);
    moves.add(move);
    move.finally(() => moves.delete(move));
    if (moves.size >= MOVES_AHEAD) await Promise.race(moves);
    await new Promise((done) => setTimeout(done, MOVE_MS));
  }
  await Promise.all(moves);
  const report = await page.evaluate(() =>
    /** @type {Global} */ (/** @type {unknown} */ (globalThis)).bench.stop(),
  );
  await page.mouse.up();
  await page.keyboard.press('Escape');
  return report;
}

/** @param {import('./live/watch.mjs').DragReport} report */
function summary({ ms, frames, inputToPaint, longTasks, reactCommits }) {
  const start = frames[0] ?? 0;
  const windows = Array.from({ length: Math.floor(ms / WINDOW_MS) }, (_, i) => {
    const from = start + i * WINDOW_MS;
    return frames.filter((time) => time >= from && time < from + WINDOW_MS).length;
  });
  const fps = summarize(windows.map((count) => (count * 1000) / WINDOW_MS));
  const paint = summarize(inputToPaint);
  return {
    seconds: round(ms / 1000),
    inputs: inputToPaint.length,
    frames: frames.length,
    fps: { median: round(fps.median), min: round(fps.min) },
    inputToPaint: { medianMs: round(paint.median), p95Ms: round(paint.p95) },
    longTasks: longTasks.length,
    longestTaskMs: round(Math.max(0, ...longTasks)),
    reactCommits,
  };
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}

/** @param {Awaited<ReturnType<typeof measure>>} report */
function text(report) {
  const { fps, inputToPaint, lastSet } = report;
  return [
    `${report.browser}, ${report.backend}, 1 thread: a drag of ${report.seconds} s`,
    `  decoded frames   ${fps.median} a second (median of half seconds; least ${fps.min})`,
    `  input to paint   ${inputToPaint.medianMs} ms median, ${inputToPaint.p95Ms} ms at the 95th percentile`,
    `  long tasks       ${report.longTasks} (longest ${report.longestTaskMs} ms)`,
    `  React commits    ${report.reactCommits}`,
    `  rejections       ${report.rejections}`,
    `  ${lastSet.sets} random sets of all sliders end with the last one's picture: ${lastSet.same ? 'yes' : 'NO'}`,
  ].join('\n');
}
