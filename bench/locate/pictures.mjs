import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import { openArchive } from './archive.mjs';
import { composite } from './composite.mjs';
import { random } from './random.mjs';

/** @typedef {import('@facemorph/core').Pixels} Pixels */
/** @typedef {import('./score.mjs').Points} Points */
/** @typedef {{ group: string, pixels: Pixels, faces: readonly Points[] }} Picture A picture and the landmarks of its faces. */
/** @typedef {{ file: string, source: string, split: string, faces: { lm: Points }[] }} Entry */

/** Of aligned faces: px beyond the model's frame at each side. */
const MARGIN = 4;
const SEED = 4;

/**
 * Pictures of one split: whole photos, composites of cut-out faces before rooms, and rooms.
 *
 * @param {string} folder - shared/data
 * @param {{ split: string, photos: number, composites: number }} options - How many of each kind at most.
 * @returns {AsyncGenerator<Picture>}
 */
export async function* pictures(folder, { split, photos, composites }) {
  /** @type {Entry[]} */
  const entries = JSON.parse(gunzipSync(readFileSync(join(folder, 'photos.json.gz'))).toString());
  const chosen = entries.filter((entry) => entry.split === split);
  const archive = await openArchive(join(folder, 'photos.zip'));
  const rooms = chosen.filter(({ faces }) => faces.length === 0);
  for (const kind of [chosen.filter(({ faces }) => faces.length > 0), rooms]) {
    for (const { file, source, faces } of spread(kind, photos)) {
      const pixels = await decode(await archive.read(file));
      yield { group: source, pixels, faces: faces.map(({ lm }) => lm) };
    }
  }
  yield* composed(folder, split, composites, async (index) =>
    decode(await archive.read(String(rooms[index % rooms.length]?.file)), 640),
  );
  await archive.close();
}

/**
 * @param {string} folder
 * @param {string} split
 * @param {number} count
 * @param {(index: number) => Promise<Pixels>} room
 * @returns {AsyncGenerator<Picture>}
 */
async function* composed(folder, split, count, room) {
  const next = random(SEED);
  for (const source of ['lfw', 'wild']) {
    const archive = await openArchive(join(folder, `${source}.zip`));
    const rows = readRows(join(folder, `${source}.csv.gz`)).filter((row) => row.split === split);
    const cutouts = spread(rows, Math.ceil(count / 2));
    for (const [index, row] of cutouts.entries()) {
      const crop = await decode(await archive.read(String(row.file)));
      /** @type {Points} */
      const points = [0, 2, 4, 6, 8].map((i) => [
        Number(row[`lm${i}`]) + MARGIN,
        Number(row[`lm${i + 1}`]) + MARGIN,
      ]);
      yield { group: 'composite', ...composite(await room(index), { crop, points }, next) };
    }
    await archive.close();
  }
}

/**
 * The photos of shared/data/samples, up to 1600 px large.
 *
 * @param {string} folder - shared/data
 * @returns {Promise<Pixels[]>}
 */
export async function samplePhotos(folder) {
  const samples = join(folder, 'samples', 'photos');
  /** @type {{ file: string }[]} */
  const entries = JSON.parse(readFileSync(join(samples, 'landmarks.json'), 'utf8'));
  return Promise.all(entries.map(({ file }) => decode(readFileSync(join(samples, file)))));
}

/** @param {string} folder @returns {boolean} */
export function hasPictures(folder) {
  return ['photos.zip', 'lfw.zip', 'wild.zip'].every((file) => existsSync(join(folder, file)));
}

/**
 * @param {Buffer} bytes
 * @param {number} [width] - Enlarged or reduced to it.
 * @returns {Promise<Pixels>}
 */
async function decode(bytes, width) {
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .toColourspace('srgb')
    .resize(width ?? null)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

/**
 * @param {string} path
 * @returns {Record<string, string>[]}
 */
function readRows(path) {
  const [header = '', ...lines] = gunzipSync(readFileSync(path)).toString().trim().split('\n');
  const names = header.trim().split(',');
  return lines.map((line) => {
    const cells = line.trim().split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}

/**
 * At most `count` of a list, evenly over all of it.
 *
 * @template T
 * @param {readonly T[]} list
 * @param {number} count
 * @returns {T[]}
 */
function spread(list, count) {
  const step = Math.max(1, list.length / count);
  return list.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
}
