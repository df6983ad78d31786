// `npm run bench:batch`: many photos through examples/node-batch in one process, and whether memory stays flat.
// Needs `npm run build` first. --photos N takes as many (10,000); --quick takes 400; --json prints one JSON object;
// --keep FOLDER leaves the photos there, and takes those that it finds there.
import './help.mjs';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FaceMorphError } from '@facemorph/core';
import { createPool } from '@facemorph/core/node';
import { runBatch } from '../examples/node-batch/src/run-batch.js';
import { openStore } from '../examples/node-batch/src/stores/store.js';
import { makePictures } from './queue/pictures.mjs';
import { slope } from './statistics.mjs';

const SAMPLES = 100;
/** The first part, in which caches and pools fill, does not count for the slope. */
const SETTLING = 0.25;
const MB = 2 ** 20;

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean' },
    quick: { type: 'boolean' },
    photos: { type: 'string', default: '10000' },
    keep: { type: 'string' },
  },
});
const photos = options.quick ? 400 : Number(options.photos);
if (!(photos >= SAMPLES && photos <= 1_000_000))
  throw new Error(`Expected from ${SAMPLES} to 1,000,000 photos`);

const folder = mkdtempSync(join(tmpdir(), 'facemorph-batch-'));
try {
  const report = await measure();
  if (options.json) console.log(JSON.stringify(report));
  else
    for (const [name, value] of Object.entries(report)) console.log(`${name.padEnd(22)} ${value}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure() {
  const [pictures, results] = [options.keep ?? join(folder, 'pictures'), join(folder, 'results')];
  if (!existsSync(pictures)) {
    const maker = await createPool();
    await makePictures(maker, pictures, photos);
    await maker.dispose();
  }

  const pool = await createPool();
  /** @type {[done: number, mb: number][]} */
  const memory = [];
  /** @type {Record<string, number>} */
  const failures = {};
  const start = performance.now();
  const counts = await runBatch(pool, {
    source: openStore(pictures),
    sink: openStore(results),
    recipe: { do: 'edit', edits: { smiling: 1.5 }, aligned: true },
    onFailure(_, error) {
      const reason = error instanceof FaceMorphError ? error.code : error.message;
      failures[reason] = (failures[reason] ?? 0) + 1;
    },
    onProgress({ done }) {
      if (done < (memory.length + 1) * (photos / SAMPLES)) return;
      memory.push([done, process.memoryUsage.rss() / MB]);
    },
  });
  const seconds = (performance.now() - start) / 1000;
  await pool.dispose();
  const settled = memory.slice(Math.floor(memory.length * SETTLING));
  const files = readdirSync(results).filter((name) => /\.(jpe?g|png|webp)$/.test(name)).length;
  return {
    photos,
    done: counts.done,
    failed: counts.failed,
    failures: JSON.stringify(failures),
    files,
    workers: pool.workers,
    perSecond: rounded(photos / seconds, 1),
    memoryFirstMb: rounded(settled[0]?.[1] ?? Number.NaN, 0),
    memoryLastMb: rounded(settled.at(-1)?.[1] ?? Number.NaN, 0),
    memoryPeakMb: rounded(Math.max(...memory.map(([, mb]) => mb)), 0),
    slopeMbPer1000: rounded(slope(settled) * 1000, 2),
  };
}

/** @param {number} value @param {number} digits */
function rounded(value, digits) {
  return Number(value.toFixed(digits));
}
