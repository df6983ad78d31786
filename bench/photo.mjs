// `npm run bench:photo`: a 12-megapixel photo is located, edited and saved in Node; time and memory.
// Needs `npm run build` first. `--json` prints one JSON object; `--quick` takes 3 rounds, not 9.
// The photo is made here: a face sampled from the model, enlarged, on a noisy background.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FaceMorph } from '@facemorph/core/node';
import sharp from 'sharp';
import { summarize } from './statistics.mjs';

const WIDTH = 4000;
const HEIGHT = 3000;
/** Of the face's frame, in px. */
const FRAME = 1800;

const rounds = process.argv.includes('--quick') ? 3 : 9;
const folder = mkdtempSync(join(tmpdir(), 'facemorph-photo-'));
try {
  const result = await measure(join(folder, 'photo.jpg'), join(folder, 'edited.jpg'));
  if (process.argv.includes('--json')) console.log(JSON.stringify(result));
  else print(result);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * @param {string} photo
 * @param {string} out
 */
async function measure(photo, out) {
  const fm = await FaceMorph.load();
  await makePhoto(fm, photo);
  /** @type {Record<string, number[]>} */
  const times = { open: [], edit: [], save: [], total: [] };
  for (let round = 0; round <= rounds; round++) {
    const marks = [performance.now()];
    const { face } = await fm.open(photo);
    marks.push(performance.now());
    const edited = await face.edit({ smiling: 2 });
    marks.push(performance.now());
    await edited.save(out);
    marks.push(performance.now());
    // The first round compiles; it does not count.
    if (round === 0) continue;
    for (const [i, name] of ['open', 'edit', 'save'].entries()) {
      times[name]?.push(Number(marks[i + 1]) - Number(marks[i]));
    }
    times.total?.push(Number(marks[3]) - Number(marks[0]));
  }
  const backend = fm.backend;
  await fm.dispose();
  const ms = Object.fromEntries(
    Object.entries(times).map(([name, values]) => [name, Math.round(summarize(values).median)]),
  );
  // In kilobytes on every platform.
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  return { megapixels: (WIDTH * HEIGHT) / 1e6, backend, rounds, ms, peakMb };
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
function print({ megapixels, backend, rounds: count, ms, peakMb }) {
  console.log(`${megapixels} megapixels on ${backend}, medians of ${count} rounds`);
  for (const [name, value] of Object.entries(ms)) console.log(`  ${name.padEnd(6)} ${value} ms`);
  console.log(`  peak memory of the process ${peakMb} MB`);
}
