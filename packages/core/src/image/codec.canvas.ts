import { FaceMorphError } from '../errors.js';
import { runAtOnce, type Steps } from '../slices.js';
import type { Pixels } from './pixels.js';

/**
 * Rows that a canvas takes or gives in one go: a large photo at once would hold up the page, and memory
 * that is asked for by the megabyte costs more than what is done with it.
 */
export const STRIP = 64;

/**
 * A picture on a new canvas. Browsers and workers only.
 * @throws {FaceMorphError} `IMAGE_UNSUPPORTED` where there is no OffscreenCanvas.
 */
export function toCanvas(pixels: Pixels): OffscreenCanvas {
  return runAtOnce(paintCanvas(pixels));
}

/** {@link toCanvas}, strip by strip. */
export function* paintCanvas({ width, height, data }: Pixels): Steps<OffscreenCanvas> {
  const context = startCanvas({ width, height });
  for (let top = 0; top < height; top += STRIP) {
    paintRows(context, data.slice(top * width * 4, (top + STRIP) * width * 4), top);
    yield;
  }
  return context.canvas;
}

/** @throws {FaceMorphError} `IMAGE_UNSUPPORTED` where there is no OffscreenCanvas. */
export function startCanvas({
  width,
  height,
}: Pick<Pixels, 'width' | 'height'>): OffscreenCanvasRenderingContext2D {
  const context =
    typeof OffscreenCanvas === 'undefined'
      ? undefined
      : new OffscreenCanvas(width, height).getContext('2d');
  if (context) return context;
  throw new FaceMorphError('IMAGE_UNSUPPORTED', 'There is no canvas here', {
    hint: 'In Node, use encode() for the bytes of a file, or the pixels themselves.',
  });
}

/** @param rows - Whole rows of the canvas's width, which the canvas may keep. */
export function paintRows(
  context: OffscreenCanvasRenderingContext2D,
  rows: Uint8ClampedArray,
  top: number,
): void {
  const data = rows as Uint8ClampedArray<ArrayBuffer>;
  context.putImageData(new ImageData(data, context.canvas.width), 0, top);
}
