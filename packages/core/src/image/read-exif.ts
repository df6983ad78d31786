import { text, viewOf } from './bytes.js';

/**
 * The Exif of a JPEG, PNG or WebP, as it is in the file: a TIFF structure, in a JPEG behind the word
 * `Exif`.
 * @returns `undefined` where there is none, for other formats, and for files that are cut off before it.
 */
export function readExif(bytes: Uint8Array): Uint8Array | undefined {
  try {
    if (text(bytes, 0, 2) === '\xff\xd8') return exifOfJpeg(bytes);
    if (text(bytes, 1, 3) === 'PNG') return exifOfPng(bytes);
    if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 4) === 'WEBP') return exifOfWebp(bytes);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The first `APP1` that begins with `Exif`; XMP is in others. */
function exifOfJpeg(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    // The picture itself begins: metadata comes before it.
    if (marker === 0xda || marker === 0xd9) return undefined;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xe1 && text(bytes, at + 4, 6) === 'Exif\0\0') {
      return whole(bytes, at + 4, length - 2);
    }
    at += 2 + length;
  }
  return undefined;
}

function exifOfPng(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  for (let at = 8; ; ) {
    const length = view.getUint32(at);
    const name = text(bytes, at + 4, 4);
    if (name === 'eXIf') return whole(bytes, at + 8, length);
    if (name === 'IEND') return undefined;
    at += 12 + length;
  }
}

function exifOfWebp(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    if (text(bytes, at, 4) === 'EXIF') return whole(bytes, at + 8, length);
    at += 8 + length + (length & 1);
  }
  return undefined;
}

function whole(bytes: Uint8Array, from: number, length: number): Uint8Array | undefined {
  return from + length <= bytes.length ? bytes.subarray(from, from + length) : undefined;
}
