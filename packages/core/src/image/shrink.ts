import type { Steps } from '../slices.js';
import { createPixels, type Pixels } from './pixels.js';

/**
 * A picture reduced by a whole factor, on black: each pixel is the average of `factor` x `factor`
 * px. What is left over at the right and lower edge is dropped. Fast, for large photos.
 */
export function* shrink({ width, height, data }: Pixels, factor: number): Steps<Pixels> {
  const small = createPixels(Math.floor(width / factor), Math.floor(height / factor));
  const row = new Float64Array(small.width * 3);
  const share = 1 / (factor * factor * 255);
  for (let y = 0; y < small.height; y++) {
    row.fill(0);
    for (let j = 0; j < factor; j++) {
      let from = (y * factor + j) * width * 4;
      for (let x = 0; x < small.width * 3; x += 3) {
        for (let i = 0; i < factor; i++, from += 4) {
          const opacity = data[from + 3]! * share;
          row[x]! += data[from]! * opacity;
          row[x + 1]! += data[from + 1]! * opacity;
          row[x + 2]! += data[from + 2]! * opacity;
        }
      }
    }
    for (let x = 0; x < small.width; x++) {
      const to = (y * small.width + x) * 4;
      for (let c = 0; c < 3; c++) small.data[to + c] = row[x * 3 + c]!;
      small.data[to + 3] = 255;
    }
    yield;
  }
  return small;
}
