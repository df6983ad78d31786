import { FaceMorphError } from '../errors.js';
import { runAtOnce, type Steps } from '../slices.js';
import type { Pixels } from './pixels.js';

/** Rows that a canvas takes or gives in one go: a large photo at once would hold up the page. */
export const STRIP = 256;

/**
 * A picture on a new canvas. Browsers and workers only.
 * @throws {FaceMorphError} `IMAGE_UNSUPPORTED` where there is no OffscreenCanvas.
 */
export function toCanvas(pixels: Pixels): OffscreenCanvas {
  return runAtOnce(paintCanvas(pixels));
}

/** {@link toCanvas}, strip by strip. */
export function* paintCanvas({ width, height, data }: Pixels): Steps<OffscreenCanvas> {
  const context =
    typeof OffscreenCanvas === 'undefined'
      ? undefined
      : new OffscreenCanvas(width, height).getContext('2d');
  if (!context) {
    throw new FaceMorphError('IMAGE_UNSUPPORTED', 'There is no canvas here', {
      hint: 'In Node, use encode() for the bytes of a file, or the pixels themselves.',
    });
  }
  for (let top = 0; top < height; top += STRIP) {
    const rows = data.slice(top * width * 4, (top + STRIP) * width * 4);
    context.putImageData(new ImageData(rows as Uint8ClampedArray<ArrayBuffer>, width), 0, top);
    yield;
  }
  return context.canvas;
}
