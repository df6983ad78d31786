/// <reference path="./gifenc.d.ts" />
import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import type { AnimationFrame } from './frames.js';

/** An endless GIF; each frame has a palette of its own 256 colours. */
export async function encodeGif(frames: AsyncIterable<AnimationFrame>): Promise<Uint8Array> {
  const gif = GIFEncoder();
  for await (const { canvas, duration } of frames) {
    const { width, height } = canvas;
    const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data;
    if (!data) break;
    const palette = quantize(data, 256);
    gif.writeFrame(applyPalette(data, palette), width, height, { palette, delay: duration });
    // Each frame takes long enough to be felt.
    await new Promise((done) => setTimeout(done));
  }
  gif.finish();
  return gif.bytes();
}
