import type { Pixels } from '../image/pixels.js';
import { faceMask } from './mask.js';

/** Variance of luma, in grey levels squared, that is mere noise. */
const NOISE = 4;

/**
 * How much fine detail an aligned face has: the variance of its Laplacian beside the variance of its
 * luma, inside the oval of the face. Light and contrast make no difference.
 */
export function sharpnessOf(aligned: Pixels): number {
  const { width, height, data } = aligned;
  const luma = new Float32Array(width * height);
  for (let i = 0; i < luma.length; i++) {
    luma[i] = 0.299 * data[i * 4]! + 0.587 * data[i * 4 + 1]! + 0.114 * data[i * 4 + 2]!;
  }
  const inside = faceMask(aligned);
  const [edges, light] = [new Spread(), new Spread()];
  for (let i = width + 1; i < luma.length - width - 1; i++) {
    if (inside[i]! < 0.5) continue;
    const around = luma[i - 1]! + luma[i + 1]! + luma[i - width]! + luma[i + width]!;
    edges.add(4 * luma[i]! - around);
    light.add(luma[i]!);
  }
  return edges.variance / (light.variance + NOISE);
}

class Spread {
  #count = 0;
  #sum = 0;
  #squares = 0;

  add(value: number): void {
    this.#count++;
    this.#sum += value;
    this.#squares += value * value;
  }

  get variance(): number {
    const mean = this.#sum / Math.max(this.#count, 1);
    return Math.max(this.#squares / Math.max(this.#count, 1) - mean * mean, 0);
  }
}
