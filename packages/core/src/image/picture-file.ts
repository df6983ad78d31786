import type { Pixels } from './pixels.js';

/**
 * The files that pictures were decoded from, kept aside: they are wanted only when a picture is saved
 * with its file's metadata or colour profile, and must not travel with the pixels to other threads.
 */
const files = new WeakMap<Pixels, Uint8Array>();

/** The bytes of the file that a picture was decoded from, or that the photo it is an edit of was. */
export function fileOf(pixels: Pixels): Uint8Array | undefined {
  return files.get(pixels);
}

/** Says which file a picture comes from. @returns the picture. */
export function withFile(pixels: Pixels, file: Uint8Array | undefined): Pixels {
  if (file) files.set(pixels, file);
  return pixels;
}
