import { throwIfAborted } from '../errors.js';
import type { TaskOptions } from '../progress.js';
import { runInSlices } from '../slices.js';
import { readBack } from './drawable.js';
import { HEADER_BYTES, type HeaderSize, readHeaderSize } from './header-size.js';
import { emptyPicture, undecodable } from './image-errors.js';
import { assertPixelCount, type Pixels } from './pixels.js';
import { isBrowserFile } from './signature.js';

/**
 * Looks at the head of a picture file before a decoder does.
 * @returns its size, if the head tells it.
 * @throws {FaceMorphError} `IMAGE_INVALID` for no bytes and for what is no picture, `IMAGE_TOO_LARGE`
 */
export async function inspectBlob(blob: Blob): Promise<HeaderSize | undefined> {
  if (blob.size === 0) throw emptyPicture(nameOf(blob));
  const header = new Uint8Array(await blob.slice(0, HEADER_BYTES).arrayBuffer());
  if (!isBrowserFile(header)) throw undecodable(nameOf(blob));
  const size = readHeaderSize(header);
  if (size) assertPixelCount(size.width, size.height);
  return size;
}

/**
 * Decodes a picture file: oriented by its Exif, in sRGB.
 * @throws {FaceMorphError} `IMAGE_INVALID`, `IMAGE_TOO_LARGE`, `ABORTED`
 */
export async function readBlob(blob: Blob, { signal }: TaskOptions = {}): Promise<Pixels> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(blob, { premultiplyAlpha: 'none' });
  } catch (cause) {
    throw undecodable(nameOf(blob), cause);
  }
  try {
    throwIfAborted(signal);
    const { width, height } = bitmap;
    assertPixelCount(width, height);
    return await runInSlices(readBack({ source: bitmap, width, height }), signal);
  } finally {
    bitmap.close();
  }
}

function nameOf(blob: Blob): string {
  return blob instanceof File && blob.name !== '' ? `"${blob.name}"` : 'The data';
}
