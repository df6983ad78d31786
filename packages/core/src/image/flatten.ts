import type { Pixels } from './pixels.js';

/** The picture on white, opaque. A picture that is opaque already is returned as it is. */
export function flatten(pixels: Pixels): Pixels {
  const { width, height, data } = pixels;
  let opaque = true;
  for (let i = 3; i < data.length && opaque; i += 4) opaque = data[i] === 255;
  if (opaque) return pixels;
  const flat = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3]! / 255;
    for (let c = 0; c < 3; c++) flat[i + c] = data[i + c]! * alpha + 255 * (1 - alpha);
    flat[i + 3] = 255;
  }
  return { width, height, data: flat };
}
