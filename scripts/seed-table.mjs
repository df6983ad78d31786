// `node scripts/seed-table.mjs [--photos DIR --out DIR]`: the seed's table, hair colour, facial hair,
// smile and gaze, drawn from the shipped weights after `npm run build`. One strip and one animation for
// each edit, on faces made up by the model and on a public-domain portrait, into docs/assets/results.
// A further sheet shows what does not work: sliders at their ends that the judge hardly believes.
// With `--photos` the same for every photo of a folder, which may hold real people: those pictures go
// into `--out` (`out/seed-table`, ignored by git) and nowhere else.
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FaceMorph } from '@facemorph/core';
import sharp from 'sharp';
import { root } from './lib/process.mjs';

const { values } = parseArgs({
  options: { photos: { type: 'string' }, out: { type: 'string' } },
});

const size = 112;
const gap = 4;
const steps = [-1, -0.5, 0, 0.5, 1];
const framesPerSweep = 14;
const portrait = join(root, 'tests', 'fixtures', 'portrait.jpg');

/** The seed's table: which slider, and how far, as a share of its range. */
const rows = [
  { file: 'blond-hair', name: 'blond_hair', share: 0.8 },
  { file: 'black-hair', name: 'black_hair', share: 0.8 },
  { file: 'gray-hair', name: 'gray_hair', share: 0.8 },
  { file: 'beard', name: 'beard', share: 0.8 },
  { file: 'mustache', name: 'mustache', share: 0.8 },
  { file: 'smile', name: 'smiling', share: 0.9 },
  { file: 'gaze', name: 'gaze', share: 1 },
  { file: 'head-turn', name: 'yaw', share: 0.9 },
];

/** What the scoreboard calls a miss: success near 0, or an edit that changes who it is. */
const failures = ['bald', 'hat', 'wavy_hair', 'narrow_eyes', 'pale_skin'];

/** Faces made up by the model: seed and index. */
const madeUp = [
  { seed: 7, index: 3 },
  { seed: 11, index: 6 },
  { seed: 7, index: 9 },
  { seed: 11, index: 8 },
];

const model = await FaceMorph.load();
const ranges = new Map(model.attributes.attributes.map(({ name, range }) => [name, range[1]]));
const out = values.photos
  ? (values.out ?? join(root, 'out', 'seed-table'))
  : join(root, 'docs', 'assets', 'results');
await mkdir(out, { recursive: true });
const faces = values.photos ? await photographed(values.photos) : await drawn();
for (const row of rows) {
  const end = (ranges.get(row.name) ?? 0) * row.share;
  const table = await Promise.all(
    faces.map((face) => Promise.all(steps.map((step) => cell(face, row.name, step * end)))),
  );
  await sheet(table, join(out, `${row.file}.webp`));
  await animate(faces, row.name, end, join(out, `${row.file}-animated.webp`));
}
const unedited = failures.slice(0, 1).map((name) => faces.map((face) => cell(face, name, 0)));
const failed = failures.map((name) => faces.map((face) => cell(face, name, ranges.get(name) ?? 0)));
const lines = await Promise.all([...unedited, ...failed].map((line) => Promise.all(line)));
await sheet(lines, join(out, 'failures.webp'));
await model.dispose();

/** @returns {Promise<import('@facemorph/core').Face[]>} */
async function drawn() {
  const found = [];
  for (const { seed, index } of madeUp) {
    const face = (await model.sample({ seed, count: index + 1 }))[index];
    if (face === undefined) throw new Error(`Seed ${seed} gave no face ${index}`);
    found.push(face);
  }
  return [...found, (await model.open(portrait)).face];
}

/** @param {string} folder */
async function photographed(folder) {
  const found = [];
  for (const file of (await readdir(folder)).filter((name) => /\.(jpe?g|png)$/i.test(name))) {
    const path = join(folder, file);
    const { width, height } = await sharp(path).metadata();
    const photo = await model.open(path, { aligned: width === 128 && height === 128 });
    found.push(photo.face);
  }
  return found.slice(0, 12);
}

/**
 * One picture: the face as the model draws it after the edit.
 *
 * @param {import('@facemorph/core').Face} face
 * @param {string} name
 * @param {number} strength
 */
async function cell(face, name, strength) {
  const edited = await face.edit({ [name]: strength }, { mode: 'face' });
  const { data, width, height } = await edited.pixels();
  const raw = { width, height, channels: /** @type {const} */ (4) };
  return sharp(data, { raw }).resize(size, size, { kernel: 'lanczos3' }).png().toBuffer();
}

/**
 * @param {Buffer[][]} table
 * @param {string} file
 */
async function sheet(table, file) {
  const columns = table[0]?.length ?? 0;
  const width = columns * (size + gap) - gap;
  const height = table.length * (size + gap) - gap;
  const cells = table.flatMap((line, y) =>
    line.map((input, x) => ({ input, left: x * (size + gap), top: y * (size + gap) })),
  );
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  await sharp({ create: { width, height, channels: 4, background } })
    .composite(cells)
    .webp({ quality: 86, effort: 6 })
    .toFile(file);
  await say(file);
}

/**
 * All faces in a row, from one end of the slider to the other and back.
 *
 * @param {import('@facemorph/core').Face[]} people
 * @param {string} name
 * @param {number} end
 * @param {string} file
 */
async function animate(people, name, end, file) {
  const frames = [];
  for (let i = 0; i < framesPerSweep; i++) {
    const share = i / (framesPerSweep - 1);
    const strength = end * (2 * share * share * (3 - 2 * share) - 1);
    const cells = await Promise.all(people.map((face) => cell(face, name, strength)));
    const width = people.length * (size + gap) - gap;
    const background = { r: 255, g: 255, b: 255, alpha: 0 };
    frames.push(
      await sharp({ create: { width, height: size, channels: 4, background } })
        .composite(cells.map((input, x) => ({ input, left: x * (size + gap), top: 0 })))
        .png()
        .toBuffer(),
    );
  }
  const all = [...frames, ...frames.slice(1, -1).reverse()];
  await sharp(all, { join: { animated: true } })
    .webp({ quality: 80, effort: 6, loop: 0, delay: all.map(() => 70) })
    .toFile(file);
  await say(file);
}

/** @param {string} file */
async function say(file) {
  console.log(`${file}: ${Math.round((await stat(file)).size / 1000)} kB`);
}
