// `npm run bench:photo`: a 12-megapixel photo is located, edited and saved in Node; time and memory.
// Needs `npm run build` first. `--json` prints one JSON object; `--quick` takes 3 rounds, not 9.
// `--browser` opens it in headless Chromium, shows it live, edits and saves it, and tells which tasks held up
// the page's own thread for more than 50 ms.
// On a busy machine the time by the clock says how busy it is: the time of the processor, of all threads of
// the process, is told beside it.
// Memory is the peak of a fresh process that edits one photo, as the command line is, and of this one,
// which edits several in a row: what it no longer needs is freed only when Node finds it worth while.
// The photo is made here: a face sampled from the model, enlarged, on a noisy background.
import './help.mjs';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FaceMorph } from '@facemorph/core/node';
import sharp from 'sharp';
import { measureInChromium } from './photo-browser.mjs';
import { summarize } from './statistics.mjs';

const WIDTH = 4000;
const HEIGHT = 3000;
/** Of the face's frame, in px. */
const FRAME = 1800;

/** Starts this file for one photo: `photo.mjs --one photo.jpg edited.jpg` prints the peak in MB. */
const ONE = '--one';

const rounds = process.argv.includes('--quick') ? 3 : 9;
if (process.argv[2] === ONE) {
  const [photo = '', out = ''] = process.argv.slice(3);
  await editOne(photo, out);
  console.log(peakMb());
} else {
  const folder = mkdtempSync(join(tmpdir(), 'facemorph-photo-'));
  try {
    const [photo, edited] = [join(folder, 'photo.jpg'), join(folder, 'edited.jpg')];
    const inBrowser = process.argv.includes('--browser');
    const result = inBrowser ? await measurePage(photo) : await measure(photo, edited);
    if (process.argv.includes('--json')) console.log(JSON.stringify(result));
    else if ('chromium' in result) printPage(result);
    else print(result);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} photo @param {string} out */
async function editOne(photo, out) {
  const fm = await FaceMorph.load();
  const { face } = await fm.open(photo);
  const edited = await face.edit({ smiling: 2 });
  await edited.save(out);
  await fm.dispose();
}

/**
 * The most memory that this process has had. Linux passes `maxRSS` on to a process from the one that
 * started it, so that a small child of a large parent seems large: there the kernel's own mark is read.
 */
function peakMb() {
  if (process.platform === 'linux') {
    const [, kilobytes] =
      /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kilobytes) return Math.round(Number(kilobytes) / 1024);
  }
  // In kilobytes on every platform.
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

/**
 * @param {string} photo
 * @param {string} out
 */
async function measure(photo, out) {
  const fm = await FaceMorph.load();
  await makePhoto(fm, photo);
  /** @type {Record<string, number[]>} */
  const times = { open: [], edit: [], save: [], total: [], processor: [] };
  for (let round = 0; round <= rounds; round++) {
    const before = process.cpuUsage();
    const marks = [performance.now()];
    const { face } = await fm.open(photo);
    marks.push(performance.now());
    const edited = await face.edit({ smiling: 2 });
    marks.push(performance.now());
    await edited.save(out);
    marks.push(performance.now());
    const { user, system } = process.cpuUsage(before);
    // The first round compiles; it does not count.
    if (round === 0) continue;
    for (const [i, name] of ['open', 'edit', 'save'].entries()) {
      times[name]?.push(Number(marks[i + 1]) - Number(marks[i]));
    }
    times.total?.push(Number(marks[3]) - Number(marks[0]));
    times.processor?.push((user + system) / 1000);
  }
  const backend = fm.backend;
  await fm.dispose();
  const ms = Object.fromEntries(
    Object.entries(times).map(([name, values]) => [name, Math.round(summarize(values).median)]),
  );
  const one = execFileSync(process.execPath, [fileURLToPath(import.meta.url), ONE, photo, out]);
  const peak = { one: Number(one), inARow: peakMb() };
  return { megapixels: (WIDTH * HEIGHT) / 1e6, backend, rounds, ms, peakMb: peak };
}

/** @param {string} photo */
async function measurePage(photo) {
  const fm = await FaceMorph.load();
  await makePhoto(fm, photo);
  await fm.dispose();
  const { browser, tasks } = await measureInChromium(photo, rounds);
  const most = (/** @type {number[]} */ values) => Math.max(0, ...values);
  return {
    megapixels: (WIDTH * HEIGHT) / 1e6,
    chromium: browser,
    rounds,
    over50: tasks.length,
    over50Cpu: tasks.filter(({ cpuMs }) => cpuMs > 50).length,
    longest: { ms: most(tasks.map(({ ms }) => ms)), cpuMs: most(tasks.map(({ cpuMs }) => cpuMs)) },
    tasks,
  };
}

/** @param {Awaited<ReturnType<typeof measurePage>>} result */
function printPage({ megapixels, chromium, rounds: count, over50, over50Cpu, longest, tasks }) {
  console.log(
    `${megapixels} megapixels in ${chromium}, ${count} rounds: tasks of the page's thread`,
  );
  console.log(`  over 50 ms by the clock: ${over50}, the longest ${longest.ms} ms`);
  console.log(`  over 50 ms of the processor: ${over50Cpu}, the longest ${longest.cpuMs} ms`);
  for (const { step, ms, cpuMs } of tasks.filter((task) => task.cpuMs > 50)) {
    console.log(`    ${step.padEnd(5)} ${cpuMs} ms (by the clock ${ms})`);
  }
}

/**
 * @param {FaceMorph} fm
 * @param {string} path
 */
async function makePhoto(fm, path) {
  const [face] = await fm.sample({ seed: 7 });
  const { width, height, data } = await /** @type {import('@facemorph/core').Face} */ (
    face
  ).render();
  const input = await sharp(data, { raw: { width, height, channels: 4 } })
    .resize(FRAME)
    .png()
    .toBuffer();
  const noise = { type: /** @type {const} */ ('gaussian'), mean: 140, sigma: 12 };
  await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#888', noise } })
    .composite([{ input, left: 1100, top: 500 }])
    .jpeg({ quality: 90 })
    .toFile(path);
}

/** @param {Awaited<ReturnType<typeof measure>>} result */
function print({ megapixels, backend, rounds: count, ms, peakMb: { one, inARow } }) {
  console.log(`${megapixels} megapixels on ${backend}, medians of ${count} rounds`);
  for (const [name, value] of Object.entries(ms)) console.log(`  ${name.padEnd(9)} ${value} ms`);
  console.log(`  peak memory ${one} MB for one photo in a fresh process, ${inARow} MB here`);
}
