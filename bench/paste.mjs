// `npm run bench:paste`: how edits sit in whole photos: is the edited part as sharp as the photo, does
// its rim show, does the pasted result still hold the edit when it is encoded again, how long it takes.
// --quick takes fewer photos; --json prints one JSON object on stdout; --split A is for tuning;
// --sheet FOLDER writes photo and results side by side, to look at. Needs the shared photos.
import './help.mjs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FaceMorph } from '@facemorph/core';
import sharp from 'sharp';
import { frameOf, measurePaste, percentile } from './paste-measure.mjs';
import { packedPhotos, samplePhotos } from './shared-photos.mjs';

/** @typedef {import('@facemorph/core').Pixels} Pixels */
/** @typedef {{ edit: string, success: number, ms: number, gain: number } & ReturnType<typeof measurePaste>} Sample */

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean' },
    quick: { type: 'boolean' },
    split: { type: 'string', default: 'C' },
    count: { type: 'string' },
    sheet: { type: 'string' },
    edits: { type: 'string' },
    mode: { type: 'string', default: 'detail' },
  },
});

/** @type {Record<string, number>} */
const EDITS = {
  smiling: 2,
  mouth_open: 2,
  blond_hair: 2.5,
  black_hair: 2,
  gray_hair: 2.5,
  beard: 2.5,
  young: -2,
  eyeglasses: 3,
  hat: 3,
  gaze: 2,
  yaw: 1.5,
};
/** Px of the template around the frame into which a change of hair may go on. */
const MARGIN = 48;
/** The face must be at least so wide, in px of the packed photos. */
const LEAST_WIDTH = 90;

const start = performance.now();
const count = Number(options.count ?? (options.quick ? 6 : 40));
const packed = packedPhotos(options.split, { count, least: LEAST_WIDTH });
const photos = options.split === 'C' ? [...samplePhotos(), ...packed] : packed;
if (photos.length === 0) {
  console.error('The shared photos are not there; nothing is measured.');
  process.exit(1);
}
const chosen = Object.entries(EDITS).filter(
  ([name]) => !options.edits || options.edits.split(',').includes(name),
);
const fm = await FaceMorph.load();
/** @type {Sample[]} */
const samples = [];
for (const { name, bytes, landmarks } of photos) {
  const [lm] = landmarks;
  if (!lm) continue;
  const photo = await fm.open(bytes, { landmarks: lm });
  const start0 = photo.face.measure();
  const drawn0 = await measured(await photo.face.render());
  const frame = frameOf(fm.manifest.template, lm, fm.manifest.image, MARGIN);
  /** @type {Pixels[]} */ const row = [photo.pixels];
  for (const [edit, strength] of chosen) {
    const from = performance.now();
    const result = await photo.face.edit(
      { [edit]: strength },
      { mode: /** @type {'detail'} */ (options.mode) },
    );
    const pixels = await result.pixels();
    const ms = performance.now() - from;
    const drawn = await measured(await result.render());
    const again = (await fm.open(pixels, { landmarks: lm })).face.measure();
    const gain = (again[edit] ?? 0) - (start0[edit] ?? 0);
    const success = gain / ((drawn[edit] ?? 0) - (drawn0[edit] ?? 0));
    samples.push({ edit, success, ms, gain, ...measurePaste(photo.pixels, pixels, frame) });
    row.push(pixels);
  }
  if (options.sheet) await writeSheet(options.sheet, name, row, frame);
  console.error(`${name}: ${photo.pixels.width}x${photo.pixels.height}`);
}
await fm.dispose();

const edits = Object.fromEntries(chosen.map(([edit, strength]) => [edit, summary(edit, strength)]));
const seconds = (performance.now() - start) / 1000;
const report = { benchmark: 'paste', split: options.split, photos: photos.length, edits, seconds };
console.log(options.json ? JSON.stringify(report) : table());

/** Scores of what the model sees in a picture of its own. @param {Pixels} pixels */
async function measured(pixels) {
  return fm.face(await fm.encode(pixels)).measure();
}

/** @param {string} edit @param {number} strength */
function summary(edit, strength) {
  const own = samples.filter((sample) => sample.edit === edit);
  const of = (
    /** @type {'sharpness' | 'seam' | 'success' | 'ms' | 'gain'} */ key,
    /** @type {number} */ share,
  ) =>
    round(
      percentile(
        own.map((s) => s[key]).filter((v) => v !== undefined),
        share,
      ),
    );
  return {
    strength,
    sharpness: { median: of('sharpness', 0.5), p10: of('sharpness', 0.1) },
    seam: { median: of('seam', 0.5), p90: of('seam', 0.9) },
    success: { median: of('success', 0.5), p10: of('success', 0.1) },
    gain: of('gain', 0.5),
    outside: own.reduce((sum, { outside }) => sum + outside, 0),
    ms: { median: of('ms', 0.5), most: of('ms', 1) },
  };
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 1000) / 1000;
}

function table() {
  const header = [
    'edit',
    'sharp med',
    'p10',
    'seam med',
    'p90',
    'success',
    'p10',
    'gain',
    'outside',
    'ms',
  ];
  const rows = Object.entries(edits).map(([edit, s]) => [
    `${edit} ${s.strength}`,
    ...[s.sharpness.median, s.sharpness.p10, s.seam.median, s.seam.p90],
    ...[s.success.median, s.success.p10, s.gain, s.outside, s.ms.median],
  ]);
  return [
    `${photos.length} photos of split ${options.split}; sharpness, success: result / original or decode`,
    ...[header, ...rows].map((cells) =>
      cells
        .map((cell, i) => (i === 0 ? String(cell).padEnd(16) : String(cell).padStart(9)))
        .join(' '),
    ),
  ].join('\n');
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {Pixels[]} pictures
 * @param {ReturnType<typeof frameOf>} frame
 */
async function writeSheet(folder, name, pictures, frame) {
  mkdirSync(folder, { recursive: true });
  const [first] = pictures;
  if (!first) return;
  const left = Math.max(frame.left, 0);
  const top = Math.max(frame.top, 0);
  const width = Math.min(frame.right, first.width) - left;
  const height = Math.min(frame.bottom, first.height) - top;
  const side = 420;
  const tiles = await Promise.all(
    pictures.map(({ data, width: w, height: h }) =>
      sharp(data, { raw: { width: w, height: h, channels: 4 } })
        .extract({ left, top, width, height })
        .resize(side, side, { fit: 'contain', kernel: 'lanczos3' })
        .png()
        .toBuffer(),
    ),
  );
  const columns = Math.ceil(tiles.length / 2);
  await sharp({
    create: { width: side * columns, height: side * 2, channels: 3, background: '#222' },
  })
    .composite(
      tiles.map((input, i) => ({
        input,
        left: (i % columns) * side,
        top: Math.floor(i / columns) * side,
      })),
    )
    .jpeg({ quality: 92 })
    .toFile(join(folder, `${name}.jpg`));
}
