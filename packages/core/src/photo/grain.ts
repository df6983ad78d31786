import type { Pixels } from '../image/pixels.js';
import { FIELD, type FieldReader } from './fields.js';
import { labOfBytes } from './oklab.js';
import { applySimilarity, invertSimilarity, type Similarity } from './similarity.js';

/** The face's smooth parts are looked for in the middle of the frame, in template px. */
const MIDDLE = { from: 36, to: 100 };
/** Side of the cells that are compared, in template px. */
const CELL = 8;
/** Photo pixels looked at in each cell and direction. */
const SAMPLES = 12;

/**
 * The grain of a photo: standard deviation, in L, of what the photo has beyond the aligned picture,
 * in the smoothest quarter of the face. New parts (teeth, a lip) get as much of it.
 */
export function measureGrain(photo: Pixels, transform: Similarity, reader: FieldReader): number {
  const toPhoto = invertSimilarity(transform);
  const lab = new Float32Array(3);
  const spreads: number[] = [];
  for (let v = MIDDLE.from; v < MIDDLE.to; v += CELL) {
    for (let u = MIDDLE.from; u < MIDDLE.to; u += CELL) {
      let [count, sum, squares] = [0, 0, 0];
      for (let i = 0; i < SAMPLES * SAMPLES; i++) {
        const du = ((i % SAMPLES) + 0.5) / SAMPLES;
        const dv = (Math.floor(i / SAMPLES) + 0.5) / SAMPLES;
        const [px, py] = applySimilarity(toPhoto, [u + du * CELL, v + dv * CELL]);
        const [x, y] = [Math.floor(px), Math.floor(py)];
        if (x < 0 || y < 0 || x >= photo.width || y >= photo.height) continue;
        const at = (y * photo.width + x) * 4;
        labOfBytes(photo.data[at]!, photo.data[at + 1]!, photo.data[at + 2]!, lab);
        const [cu, cv] = applySimilarity(transform, [x + 0.5, y + 0.5]);
        reader.readBase(cu, cv);
        const rest = lab[0]! - reader.values[FIELD.base]!;
        count++;
        sum += rest;
        squares += rest * rest;
      }
      if (count > SAMPLES)
        spreads.push(Math.sqrt(Math.max(squares / count - (sum / count) ** 2, 0)));
    }
  }
  spreads.sort((a, b) => a - b);
  return spreads[Math.floor(spreads.length / 4)] ?? 0;
}

/** Noise of mean 0 and standard deviation 1, the same at a pixel every time and everywhere. */
export function grainAt(x: number, y: number): number {
  let hash = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77);
  let sum = 0;
  for (let i = 0; i < 3; i++) {
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
    hash ^= hash >>> 15;
    sum += (hash >>> 0) / 4294967296;
  }
  // The sum of three uniform numbers has mean 1.5 and variance 1/4.
  return (sum - 1.5) * 2;
}
