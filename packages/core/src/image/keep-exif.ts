import type { CommonImageType } from '../platform/platform.js';
import { embedExtras } from './embed.js';
import { keepExif } from './exif.js';
import { readExif } from './read-exif.js';

/**
 * Writes into an edit's file what may stay of the Exif of its photo's file, if that is a JPEG, PNG or WebP.
 * @param edit - A file that has none.
 */
export async function keepExifOf(
  photo: Uint8Array,
  edit: Uint8Array,
  type: CommonImageType,
): Promise<Uint8Array> {
  const exif = readExif(photo);
  return embedExtras(edit, type, { exif: exif && keepExif(exif) });
}
