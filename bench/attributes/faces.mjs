import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import { root } from '../../scripts/lib/process.mjs';
import { openArchive } from '../locate/archive.mjs';
import { random } from '../locate/random.mjs';

/** @typedef {{ latents: Float32Array[], labels: Record<string, number>[] }} EncodedFaces */

const PACKS = [
  { table: 'celeba.csv.gz', archives: ['celeba-1.zip', 'celeba-2.zip'] },
  { table: 'wild.csv.gz', archives: ['wild.zip'] },
];
/** The packs hold the frame with this margin on each side, in px. */
const MARGIN = 4;
const BATCH = 100;

/** @param {string} data @returns {boolean} */
export function hasFaces(data) {
  return PACKS.every(({ table, archives }) =>
    [table, ...archives].every((name) => existsSync(join(data, name))),
  );
}

/**
 * Labelled faces of a split, drawn at random (always the same ones) and encoded. Latents are kept in
 * `node_modules/.cache`, so that the next benchmark need not wait.
 *
 * @param {import('@facemorph/core').FaceMorph} fm
 * @param {string} data
 * @param {'A' | 'C'} split
 * @param {number} count
 * @returns {Promise<EncodedFaces>}
 */
export async function encodedFaces(fm, data, split, count) {
  const chosen = choose(data, split, count);
  const labels = chosen.map(({ cells }) =>
    Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, Number(value)])),
  );
  const size = fm.latentSize;
  const cached = await cachedNumbers(
    `${fm.attributes.model.sha256}-${split}-${count}`,
    async () => {
      const numbers = new Float32Array(chosen.length * size);
      let i = 0;
      for await (const frame of faceFrames(data, split, count)) {
        numbers.set(await fm.encode(frame), i * size);
        if (i % BATCH === 0)
          process.stderr.write(`\r${split}: ${i} of ${chosen.length} faces encoded`);
        i++;
      }
      process.stderr.write('\n');
      return numbers;
    },
  );
  const latents = chosen.map((_, i) => cached.slice(i * size, (i + 1) * size));
  return { latents, labels };
}

/**
 * The pictures of the same faces, in the same order, as the model sees them: 128x128.
 *
 * @param {string} data
 * @param {'A' | 'C'} split
 * @param {number} count
 * @returns {AsyncGenerator<import('@facemorph/core').Pixels>}
 */
export async function* faceFrames(data, split, count) {
  const open = new Map();
  for (const name of PACKS.flatMap(({ archives }) => archives)) {
    open.set(name, await openArchive(join(data, name)));
  }
  for (const { cells, archives } of choose(data, split, count)) {
    const { file = '' } = cells;
    const archive = archives
      .map((name) => open.get(name))
      .find(({ names }) => names.includes(file));
    yield await frameOf(await archive.read(file));
  }
  await Promise.all([...open.values()].map((archive) => archive.close()));
}

/** @param {string} data @param {string} split @param {number} count */
function choose(data, split, count) {
  const rows = PACKS.flatMap(({ table, archives }) =>
    readTable(join(data, table)).map((cells) => ({ cells, archives })),
  ).filter(({ cells }) => cells.split === split);
  return shuffle(rows, 1).slice(0, count);
}

/**
 * The label that a slider of the model was trained on: 1, 0 or, where the data have none, `undefined`.
 *
 * @param {string} name
 * @returns {((labels: Record<string, number>) => number) | undefined}
 */
export function labelOf(name) {
  if (name === 'beard') return (labels) => 1 - (labels.No_Beard ?? Number.NaN);
  const worn = new Set(['hat', 'lipstick', 'earrings', 'necktie', 'necklace']);
  const wanted = worn.has(name) ? `wearing_${name}` : name;
  const column = COLUMNS.find((column) => column.toLowerCase() === wanted);
  return column === undefined ? undefined : (labels) => labels[column] ?? Number.NaN;
}

const COLUMNS = [
  '5_o_Clock_Shadow',
  'Arched_Eyebrows',
  'Bags_Under_Eyes',
  'Bald',
  'Bangs',
  'Big_Lips',
  'Big_Nose',
  'Black_Hair',
  'Blond_Hair',
  'Brown_Hair',
  'Bushy_Eyebrows',
  'Chubby',
  'Double_Chin',
  'Eyeglasses',
  'Goatee',
  'Gray_Hair',
  'Heavy_Makeup',
  'High_Cheekbones',
  'Male',
  'Mustache',
  'Narrow_Eyes',
  'Pale_Skin',
  'Receding_Hairline',
  'Rosy_Cheeks',
  'Sideburns',
  'Smiling',
  'Straight_Hair',
  'Wavy_Hair',
  'Wearing_Earrings',
  'Wearing_Hat',
  'Wearing_Lipstick',
  'Wearing_Necklace',
  'Wearing_Necktie',
  'Young',
];

/**
 * @template T
 * @param {readonly T[]} list
 * @param {number} seed
 * @returns {T[]}
 */
export function shuffle(list, seed) {
  const next = random(seed);
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [result[i], result[j]] = [/** @type {T} */ (result[j]), /** @type {T} */ (result[i])];
  }
  return result;
}

/** @param {string} path @returns {Record<string, string>[]} */
function readTable(path) {
  const [head = '', ...lines] = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
  const names = head.trim().split(',');
  return lines.map((line) => {
    const cells = line.trim().split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}

/** @param {Buffer} file @returns {Promise<import('@facemorph/core').Pixels>} */
async function frameOf(file) {
  const area = { left: MARGIN, top: MARGIN, width: 128, height: 128 };
  const { data, info } = await sharp(file)
    .extract(area)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

/**
 * @param {string} key
 * @param {() => Promise<Float32Array>} make
 * @returns {Promise<Float32Array>}
 */
async function cachedNumbers(key, make) {
  const folder = join(root, 'node_modules', '.cache', 'facemorph-bench');
  const path = join(folder, `${createHash('sha256').update(key).digest('hex').slice(0, 24)}.f32`);
  if (existsSync(path)) return new Float32Array(new Uint8Array(readFileSync(path)).buffer);
  const numbers = await make();
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, new Uint8Array(numbers.buffer));
  return numbers;
}
