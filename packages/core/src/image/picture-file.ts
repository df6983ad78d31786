import type { Pixels } from './pixels.js';

/** The file of a picture: its bytes, or a `Blob`, which a browser need not hold in memory. */
export type PictureFile = Uint8Array | Blob;

/**
 * The files that pictures were decoded from, kept aside: they are wanted only when a picture is saved
 * with its file's metadata or colour profile, and must not travel with the pixels to other threads.
 */
const files = new WeakMap<Pixels, PictureFile>();

/** The file that a picture was decoded from, or that the photo it is an edit of was. */
export function fileOf(pixels: Pixels): PictureFile | undefined {
  return files.get(pixels);
}

/** The bytes of {@link fileOf}. */
export async function fileBytesOf(pixels: Pixels): Promise<Uint8Array | undefined> {
  const file = files.get(pixels);
  return file instanceof Blob ? new Uint8Array(await file.arrayBuffer()) : file;
}

/**
 * A picture as a plain object, itself where it is one: width and height of an `ImageData` are not its own,
 * and `{ ...pixels }` lacks them.
 */
export function plainPixels(pixels: Pixels): Pixels {
  if (Object.hasOwn(pixels, 'width')) return pixels;
  const { width, height, data } = pixels;
  return withFile({ width, height, data }, fileOf(pixels));
}

/** Says which file a picture comes from. @returns the picture. */
export function withFile(pixels: Pixels, file: PictureFile | undefined): Pixels {
  if (file) files.set(pixels, file);
  return pixels;
}
