import type { Pixels } from '@facemorph/core';

/** A picture in shades of grey, 0..255, row-major. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

const SCALES = [0.0448, 0.2856, 0.3001, 0.2363];
const RADIUS = 5;
const SIGMA = 1.5;
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/** The luma of a picture. */
export function greyOf({ width, height, data }: Pixels): Grey {
  const grey = Float32Array.from({ length: width * height }, (_, i) => {
    const [r = 0, g = 0, b = 0] = data.subarray(4 * i, 4 * i + 3);
    return 0.299 * r + 0.587 * g + 0.114 * b;
  });
  return { width, height, data: grey };
}

/** The mean squared difference of two pictures of one size. */
export function meanSquaredError(a: Grey, b: Grey): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += (a.data[i]! - b.data[i]!) ** 2;
  return sum / a.data.length;
}

/**
 * The similarity of structure over four sizes, from 1 (the same) down: contrast and structure at
 * each, brightness at the smallest only (Wang, Simoncelli and Bovik, 2003). Pictures of 88 px or more.
 */
export function msSsim(a: Grey, b: Grey): number {
  const total = SCALES.reduce((sum, weight) => sum + weight, 0);
  let [left, right] = [a, b];
  let similarity = 1;
  for (const [scale, weight] of SCALES.entries()) {
    const { structure, whole } = ssim(left, right);
    const value = scale === SCALES.length - 1 ? whole : structure;
    similarity *= Math.max(value, 0) ** (weight / total);
    [left, right] = [half(left), half(right)];
  }
  return similarity;
}

/** Mean contrast and structure, and with brightness, over all windows of a picture. */
function ssim(a: Grey, b: Grey): { readonly structure: number; readonly whole: number } {
  const product = (p: Grey, q: Grey): Grey => ({
    ...p,
    data: p.data.map((v, i) => v * q.data[i]!),
  });
  const [meanA, meanB, aa, bb, ab] = [a, b, product(a, a), product(b, b), product(a, b)].map(
    (picture) => blur(picture, SIGMA).data,
  ) as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];
  let structure = 0;
  let whole = 0;
  for (let i = 0; i < meanA.length; i++) {
    const [ma, mb] = [meanA[i]!, meanB[i]!];
    const spread = aa[i]! - ma * ma + (bb[i]! - mb * mb) + C2;
    const alike = (2 * (ab[i]! - ma * mb) + C2) / spread;
    structure += alike;
    whole += (alike * (2 * ma * mb + C1)) / (ma * ma + mb * mb + C1);
  }
  return { structure: structure / meanA.length, whole: whole / meanA.length };
}

/** Blurs by a Gaussian; edges are repeated. */
export function blur(picture: Grey, sigma: number): Grey {
  const radius = Math.max(RADIUS, Math.ceil(3 * sigma));
  const weights = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const kernel = weights.map((weight) => weight / total);
  return pass(pass(picture, kernel, radius, 1, 0), kernel, radius, 0, 1);
}

/** One direction of a blur; `dx` and `dy` are its step, 1 and 0 or 0 and 1. */
function pass(picture: Grey, kernel: number[], radius: number, dx: number, dy: number): Grey {
  const { width, height, data } = picture;
  const out = new Float32Array(data.length);
  const [last, step] = dx ? [width - 1, 1] : [height - 1, width];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const place = x * dx + y * dy;
      const start = y * width + x - place * step;
      let sum = 0;
      for (let i = 0; i < kernel.length; i++) {
        const at = Math.min(Math.max(place + i - radius, 0), last);
        sum += kernel[i]! * data[start + at * step]!;
      }
      out[y * width + x] = sum;
    }
  }
  return { width, height, data: out };
}

/** Half the width and height; each pixel is the mean of four. */
function half({ width, height, data }: Grey): Grey {
  const [w, h] = [Math.floor(width / 2), Math.floor(height / 2)];
  const out = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const at = 2 * y * width + 2 * x;
      out[y * w + x] = (data[at]! + data[at + 1]! + data[at + width]! + data[at + width + 1]!) / 4;
    }
  }
  return { width: w, height: h, data: out };
}
