// `node scripts/readme-strip.mjs`: draws the animated strip at the top of the README from the shipped
// weights, after `npm run build`. The faces are made up by the model: nobody has them.
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FaceMorph } from '@facemorph/core';
import sharp from 'sharp';
import { root } from './lib/process.mjs';

const target = join(root, 'docs', 'assets', 'edits.webp');
const size = 176;
const gap = 6;
const framesPerSweep = 20;
const frameMs = 60;

/** Each column is one made-up face and the attribute that moves to and fro on it. */
const columns = [
  { seed: 7, index: 3, name: 'smiling', to: 2.4 },
  { seed: 11, index: 8, name: 'blond_hair', to: 2.6 },
  { seed: 11, index: 6, name: 'beard', to: 2.6 },
  { seed: 7, index: 9, name: 'yaw', to: 2.4 },
  { seed: 7, index: 5, name: 'black_hair', to: 2.4 },
];

const model = await FaceMorph.load();
const strips = await Promise.all(columns.map(sweep));
await model.dispose();

const width = columns.length * size + (columns.length - 1) * gap;
const there = await Promise.all(Array.from({ length: framesPerSweep }, (_, i) => frame(i)));
const frames = [...there, ...there.slice(1, -1).reverse()];
await mkdir(dirname(target), { recursive: true });
await sharp(frames, { join: { animated: true } })
  .webp({ quality: 92, effort: 6, loop: 0, delay: frames.map(() => frameMs) })
  .toFile(target);
const { size: bytes } = await stat(target);
console.log(
  `${target}: ${frames.length} frames of ${width}x${size}, ${Math.round(bytes / 1000)} kB`,
);

/**
 * The pictures of one column, from the face as it is to the end of its edit.
 *
 * @param {(typeof columns)[number]} column
 * @returns {Promise<Buffer[]>}
 */
async function sweep({ seed, index, name, to }) {
  const faces = await model.sample({ seed, count: index + 1 });
  const face = faces[index];
  if (face === undefined) throw new Error(`Seed ${seed} gave no face ${index}`);
  const pictures = [];
  for (let i = 0; i < framesPerSweep; i++) {
    const share = i / (framesPerSweep - 1);
    const strength = to * share * share * (3 - 2 * share);
    const edited = await face.edit({ [name]: strength });
    const { data, width, height } = await edited.pixels();
    const raw = { width, height, channels: /** @type {const} */ (4) };
    pictures.push(
      await sharp(data, { raw }).resize(size, size, { kernel: 'lanczos3' }).png().toBuffer(),
    );
  }
  return pictures;
}

/**
 * All columns side by side at one moment.
 *
 * @param {number} index
 * @returns {Promise<Buffer>}
 */
function frame(index) {
  const transparent = { r: 0, g: 0, b: 0, alpha: 0 };
  return sharp({ create: { width, height: size, channels: 4, background: transparent } })
    .composite(
      strips.map((pictures, column) => ({
        input: pictures[index],
        left: column * (size + gap),
        top: 0,
      })),
    )
    .png()
    .toBuffer();
}
