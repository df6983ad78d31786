// `npm run bench:fit`: whether `quality.fit` says how well the model can draw a face. On faces of split A, by which it
// is calibrated, and of split C: how its rank goes with that of the PSNR of the model's picture, how many faces are
// warned of, and how many pictures of rooms without a face. Reads shared/data.
// --count N takes as many faces of each split (800); --data names another folder; --json prints JSON.
import './help.mjs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FaceMorph } from '@facemorph/core';
import { root } from '../scripts/lib/process.mjs';
import { mean } from './attributes/auroc.mjs';
import { faceFrames, hasFaces } from './attributes/faces.mjs';
import { hasPictures, pictures } from './locate/pictures.mjs';

/** @typedef {import('@facemorph/core').Pixels} Pixels */
/** @typedef {{ fit: number, psnr: number, warned: boolean }} Seen */

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean' },
    count: { type: 'string', default: '800' },
    data: { type: 'string' },
  },
});
const data = options.data ?? join(root, '..', 'shared', 'data');
if (!hasFaces(data) || !hasPictures(data)) {
  console.error(`There are no faces to look at: ${data} is missing or incomplete.`);
  process.exit(1);
}
/** Px of the model's picture. */
const SIDE = 128;
const count = Number(options.count);
const fm = await FaceMorph.load();
const report = {
  benchmark: 'fit',
  model: fm.attributes.model,
  A: summaryOf(await seenOf(faceFrames(data, 'A', count))),
  C: summaryOf(await seenOf(faceFrames(data, 'C', count))),
  rooms: summaryOf(await seenOf(rooms())),
};
await fm.dispose();
console.log(options.json ? JSON.stringify(report) : table());

/** Of split A, the middle square as if it were a face. */
async function* rooms() {
  for await (const { pixels, faces } of pictures(data, {
    split: 'A',
    photos: 200,
    composites: 0,
  })) {
    if (faces.length === 0) yield pixels;
  }
}

/** @param {AsyncIterable<Pixels>} frames @returns {Promise<Seen[]>} */
async function seenOf(frames) {
  /** @type {Seen[]} */
  const seen = [];
  for await (const frame of frames) {
    const { face, warnings } = await fm.open(frame, { aligned: true });
    const { fit = 0 } = face.quality ?? {};
    const psnr = psnrOf(face.closeUp(SIDE) ?? frame, await fm.decode(face.latent));
    seen.push({ fit, psnr, warned: warnings.some(({ code }) => code === 'POOR_FIT') });
    if (seen.length % 50 === 0) process.stderr.write(`\r${seen.length} pictures`);
  }
  process.stderr.write('\r');
  return seen;
}

/** @param {Seen[]} seen */
function summaryOf(seen) {
  const fits = seen.map(({ fit }) => fit);
  return {
    pictures: seen.length,
    meanFit: mean(fits),
    rankCorrelation: correlation(ranksOf(fits), ranksOf(seen.map(({ psnr }) => psnr))),
    warned: mean(seen.map(({ warned }) => Number(warned))),
  };
}

/** Of red, green and blue, in dB. @param {Pixels} a @param {Pixels} b */
function psnrOf(a, b) {
  let square = 0;
  for (let i = 0; i < a.data.length; i++) {
    if (i % 4 < 3) square += (Number(a.data[i]) - Number(b.data[i])) ** 2;
  }
  return 10 * Math.log10(255 ** 2 / (square / ((a.data.length / 4) * 3)));
}

/** @param {readonly number[]} values @returns {number[]} */
function ranksOf(values) {
  const order = values.map((_, i) => i).sort((a, b) => Number(values[a]) - Number(values[b]));
  /** @type {number[]} */
  const ranks = [];
  for (const [rank, i] of order.entries()) ranks[i] = rank;
  return ranks;
}

/** @param {readonly number[]} x @param {readonly number[]} y */
function correlation(x, y) {
  const [mx, my] = [mean(x), mean(y)];
  const product = (/** @type {number} */ i) => (Number(x[i]) - mx) * (Number(y[i]) - my);
  const spread = (/** @type {readonly number[]} */ values, /** @type {number} */ middle) =>
    Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0));
  return x.reduce((sum, _, i) => sum + product(i), 0) / (spread(x, mx) * spread(y, my));
}

function table() {
  const rows = /** @type {const} */ (['A', 'C', 'rooms']).map((name) => {
    const { pictures, meanFit, rankCorrelation, warned } = report[name];
    const label = name === 'rooms' ? 'rooms without a face' : `faces of split ${name}`;
    return [
      label,
      pictures,
      meanFit.toFixed(3),
      rankCorrelation.toFixed(2),
      `${(100 * warned).toFixed(1)} %`,
    ];
  });
  return [['', 'pictures', 'mean fit', 'rank corr. with PSNR', 'warned of'], ...rows]
    .map(
      ([label, ...cells]) =>
        String(label).padEnd(22) + cells.map((c) => String(c).padStart(22)).join(''),
    )
    .join('\n');
}
