import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Faces that are drawn in one job. */
const BATCH = 50;

/**
 * Fills a folder with pictures, no two alike: faces sampled from the model.
 *
 * @param {import('@facemorph/core/node').Pool} pool
 * @param {string} folder
 * @param {number} count
 */
export async function makePictures(pool, folder, count) {
  mkdirSync(folder, { recursive: true });
  for (let made = 0; made < count; made += BATCH) {
    const faces = await pool.sample({
      seed: made,
      count: Math.min(BATCH, count - made),
      file: { type: 'image/jpeg' },
    });
    for (const [index, { picture }] of faces.entries()) {
      const name = `${String(made + index).padStart(6, '0')}.jpg`;
      writeFileSync(join(folder, name), picture);
    }
  }
}
