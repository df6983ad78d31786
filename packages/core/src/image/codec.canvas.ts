import { FaceMorphError } from '../errors.js';
import type { Pixels } from './pixels.js';

/**
 * A picture on a new canvas. Browsers and workers only.
 * @throws {FaceMorphError} `IMAGE_UNSUPPORTED` where there is no OffscreenCanvas.
 */
export function toCanvas({ width, height, data }: Pixels): OffscreenCanvas {
  const context =
    typeof OffscreenCanvas === 'undefined'
      ? undefined
      : new OffscreenCanvas(width, height).getContext('2d');
  if (!context) {
    throw new FaceMorphError('IMAGE_UNSUPPORTED', 'There is no canvas here', {
      hint: 'In Node, use encode() for the bytes of a file, or the pixels themselves.',
    });
  }
  context.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  return context.canvas;
}
