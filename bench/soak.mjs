// `npm run bench:soak`: ten minutes of dragging sliders at random in headless Chromium. Memory of the
// page's heap and of its whole process, wasm and Worker included, and how fast they grow; tasks that
// held the page up. --quick takes 20 s; --minutes N as long; --json prints one JSON object on stdout.
import './help.mjs';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { findChromium } from '../scripts/lib/chromium.mjs';
import { root } from '../scripts/lib/process.mjs';
import { serve } from '../scripts/lib/static-server.mjs';
import { slope } from './statistics.mjs';

/** @typedef {{ soak: import('./soak/page/main.mjs').Soak }} Page */
/** @typedef {{ seconds: number, heap: number, process: number | undefined }} Sample MB */

const SAMPLES = 40;
/** The first samples, in which caches and pools fill, do not count for the slope. */
const SETTLING = 0.25;

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean' },
    quick: { type: 'boolean' },
    minutes: { type: 'string', default: '10' },
  },
});
const seconds = options.quick ? 20 : Number(options.minutes) * 60;
if (!(seconds >= 1 && seconds <= 86_400)) throw new Error('Expected minutes from 1/60 to 1440');
const executablePath = findChromium();
if (executablePath === undefined) throw new Error('No Chromium or Chrome was found');

const folder = mkdtempSync(join(tmpdir(), 'facemorph-soak-'));
try {
  await build({
    configFile: false,
    root: join(root, 'bench', 'soak', 'page'),
    base: './',
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
    worker: { format: 'es' },
  });
  const report = await soak(executablePath);
  console.log(options.json ? JSON.stringify(report) : text(report));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {string} path */
async function soak(path) {
  const server = await serve({ folder });
  const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.evaluate(() =>
      /** @type {Page} */ (/** @type {unknown} */ (globalThis)).soak.start(),
    );
    const inspector = await page.context().newCDPSession(page);
    const pid = await rendererOf(browser);
    /** @type {Sample[]} */
    const samples = [];
    const start = performance.now();
    for (let i = 1; i <= SAMPLES; i++) {
      const due = start + (i * seconds * 1000) / SAMPLES;
      await new Promise((done) => setTimeout(done, Math.max(due - performance.now(), 0)));
      await inspector.send('HeapProfiler.collectGarbage');
      const { usedSize } = await inspector.send('Runtime.getHeapUsage');
      samples.push({
        seconds: (performance.now() - start) / 1000,
        heap: usedSize / 1e6,
        process: residentMb(pid),
      });
    }
    const drag = await page.evaluate(() =>
      /** @type {Page} */ (/** @type {unknown} */ (globalThis)).soak.stop(),
    );
    const settled = samples.slice(Math.round(SAMPLES * SETTLING));
    const grows = (/** @type {'heap' | 'process'} */ of) =>
      slope(settled.map((sample) => [sample.seconds / 60, Number(sample[of])]));
    return {
      benchmark: 'soak',
      seconds,
      machine: { cpu: cpus()[0]?.model.trim(), cores: cpus().length },
      browser: `chromium ${browser.version()}`,
      edits: drag.edits,
      frames: drag.frames,
      heapMb: { first: settled[0]?.heap, last: settled.at(-1)?.heap, perMinute: grows('heap') },
      processMb: {
        first: settled[0]?.process,
        last: settled.at(-1)?.process,
        perMinute: grows('process'),
      },
      longTasks: { count: drag.longTasks.length, longest: Math.max(0, ...drag.longTasks) },
      samples,
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

/**
 * The process of the page: of all renderers the one that has worked most.
 *
 * @param {import('playwright-core').Browser} browser
 */
async function rendererOf(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo
    .filter(({ type }) => type === 'renderer')
    .sort((a, b) => b.cpuTime - a.cpuTime)[0]?.id;
}

/**
 * Memory that a process holds; known on Linux only.
 *
 * @param {number | undefined} pid
 */
function residentMb(pid) {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1000;
  } catch {
    return undefined;
  }
}

/** @param {Awaited<ReturnType<typeof soak>>} report */
function text({ seconds: length, browser, edits, frames, heapMb, processMb, longTasks }) {
  const line = (
    /** @type {string} */ name,
    /** @type {typeof heapMb} */ { first, last, perMinute },
  ) =>
    first === undefined || last === undefined
      ? `  ${name} not known on this system`
      : `  ${name} ${first.toFixed(1)} -> ${last.toFixed(1)} MB, ${(perMinute * 1000).toFixed(0)} kB a minute`;
  return [
    `${browser}: ${edits} edits and ${frames} frames in ${length} s`,
    line('heap of the page, after collecting garbage ', heapMb),
    line('process of the page, wasm and Worker too   ', processMb),
    `  tasks over 50 ms on the main thread: ${longTasks.count} (longest ${longTasks.longest.toFixed(0)} ms)`,
  ].join('\n');
}
