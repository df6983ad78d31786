import type { Pixels, Provenance } from '@facemorph/core';
import { markProvenance } from '@facemorph/core/node';
import gifenc from 'gifenc';

/** Options of {@link encodeGif}. */
export interface GifOptions {
  /** Pictures a second; GIF rounds the time of each to 1/100 s. */
  readonly fps: number;
  /** Plays back to the start as well, so that the loop has no jump. */
  readonly bounce: boolean;
  readonly provenance: Provenance | false;
}

/** An endlessly looping animation; each frame has a palette of its own 256 colours. */
export function encodeGif(
  frames: readonly Pixels[],
  { fps, bounce, provenance }: GifOptions,
): Uint8Array {
  const gif = gifenc.GIFEncoder();
  const delay = Math.round(100 / fps) * 10;
  const played = bounce ? [...frames, ...frames.slice(1, -1).reverse()] : frames;
  for (const { width, height, data } of played) {
    const palette = gifenc.quantize(data, 256);
    gif.writeFrame(gifenc.applyPalette(data, palette), width, height, { palette, delay });
  }
  gif.finish();
  const bytes = gif.bytes();
  return provenance ? markProvenance(bytes, 'image/gif', provenance) : bytes;
}
