// What `npm run bench:photo -- --browser` measures: how long the page's own thread is held up while a
// large photo is opened, shown live, edited and saved in headless Chromium.
// On a busy machine a task lasts as long as others let it: beside the time by the clock, which is what
// `longtask` of a page tells, the time of the processor is told, which is the task's own.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { findChromium } from '../scripts/lib/chromium.mjs';
import { serveCore } from '../scripts/lib/core-server.mjs';

/** @typedef {{ step: string, ms: number, cpuMs: number }} LongTask */
/** @typedef {{ name: string, ph: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number, args?: { name?: string } }} TraceEvent */

/** Of a long task, in ms. */
const LONG = 50;
const MARK = 'photo:';
/** @type {readonly string[]} */
const CATEGORIES = ['disabled-by-default-devtools.timeline', 'blink.user_timing'];

/**
 * @param {string} path - Of a JPEG.
 * @param {number} rounds - The first one, which loads the code of each step, counts too.
 */
export async function measureInChromium(path, rounds) {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium or Chrome was found');
  const server = await serveCore();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.route('**/photo.jpg', (route) =>
      route.fulfill({ body: readFileSync(path), contentType: 'image/jpeg' }),
    );
    await page.goto(server.url);
    await browser.startTracing(page, { categories: [...CATEGORIES] });
    await page.evaluate(inPage, { rounds, prefix: MARK });
    const trace = JSON.parse((await browser.stopTracing()).toString());
    return { browser: `Chromium ${browser.version()}`, tasks: longTasks(trace.traceEvents) };
  } finally {
    await browser.close();
    await server.close();
  }
}

/**
 * Tasks of the page's thread between the first mark and the last that are long by the clock.
 *
 * @param {TraceEvent[]} events
 * @returns {LongTask[]}
 */
function longTasks(events) {
  const marks = events
    .filter(({ name }) => name.startsWith(MARK))
    .sort((a, b) => a.ts - b.ts)
    .map(({ name, ts, pid, tid }) => ({ step: name.slice(MARK.length), ts, pid, tid }));
  const [first] = marks;
  if (!first) throw new Error('The trace holds no marks');
  return events.flatMap(({ name, pid, tid, ts, dur = 0, tdur = 0 }) => {
    if (name !== 'RunTask' || pid !== first.pid || tid !== first.tid || dur < LONG * 1000)
      return [];
    // A step's mark is set within the task that begins it.
    const step = marks.findLast((mark) => mark.ts <= ts + dur)?.step;
    if (step === undefined || step === 'end') return [];
    return [{ step, ms: Math.round(dur / 1000), cpuMs: Math.round(tdur / 1000) }];
  });
}

/**
 * Runs in the page: must not use anything from outside.
 *
 * @param {{ rounds: number, prefix: string }} options
 */
async function inPage({ rounds, prefix }) {
  const { FaceMorph } =
    await /** @type {{ core: Promise<typeof import('@facemorph/core/browser')> }} */ (
      /** @type {unknown} */ (globalThis)
    ).core;
  const file = await (await fetch('/photo.jpg')).blob();
  const fm = await FaceMorph.load({ model: '/model/manifest.json' });
  const begin = (/** @type {string} */ step) => performance.mark(prefix + step);
  for (let round = 0; round < rounds; round++) {
    begin('open');
    const { face } = await fm.open(file);
    begin('live');
    const editor = fm.editor(face);
    for (const smiling of [0.5, 1, 2]) {
      const frame = new Promise((resolve) => editor.subscribe(resolve));
      editor.set('smiling', smiling);
      await frame;
    }
    editor.dispose();
    begin('edit');
    const edited = await face.edit({ smiling: 2 });
    begin('save');
    await edited.toBlob({ type: 'image/jpeg' });
    begin('end');
  }
  await fm.dispose();
}
