import { ascii, concat, viewOf } from './bytes.js';

/**
 * What is kept of a photo's Exif: when and how it was taken, and whose it is. A list of what may stay,
 * not of what must go: place, serial numbers, owner, maker's notes, comments and thumbnail are not on it.
 */
const KEPT = {
  // Description, camera, resolution, software, date, artist, copyright.
  picture: [0x010e, 0x010f, 0x0110, 0x011a, 0x011b, 0x0128, 0x0131, 0x0132, 0x013b, 0x8298],
  // Exposure, sensitivity, dates with their zones, flash, lens.
  exposure: [
    0x829a, 0x829d, 0x8822, 0x8827, 0x9000, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9201, 0x9202,
    0x9203, 0x9204, 0x9205, 0x9207, 0x9208, 0x9209, 0x920a, 0x9290, 0x9291, 0x9292, 0xa402, 0xa403,
    0xa404, 0xa405, 0xa406, 0xa432, 0xa433, 0xa434,
  ],
} as const;
const ORIENTATION = 0x0112;
const EXPOSURE = 0x8769;
/** Bytes of one value of each type of TIFF, from 1 (byte) to 12 (double). */
const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const SHORT = 3;
const LONG = 4;
/** A longer value is no caption. Together they fit into one segment of a JPEG. */
const LONGEST = 1024;

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** In the file's order of bytes. */
  readonly value: Uint8Array;
}

/**
 * A photo's Exif for an edit of it: upright, without what tells more than how it was taken.
 *
 * @param exif - A TIFF structure, with or without the `Exif` that JPEG puts before it.
 * @returns A TIFF structure; `undefined` where nothing is left or it cannot be read.
 */
export function keepExif(exif: Uint8Array): Uint8Array | undefined {
  const tiff = hasPrefix(exif) ? exif.subarray(6) : exif;
  const view = viewOf(tiff);
  if (tiff.length < 8) return undefined;
  const order = view.getUint16(0);
  const isLittle = order === 0x4949;
  if ((!isLittle && order !== 0x4d4d) || view.getUint16(2, isLittle) !== 42) return undefined;
  const first = readEntries(tiff, view.getUint32(4, isLittle), isLittle);
  const pointer = first.find(({ tag, type }) => tag === EXPOSURE && type === LONG);
  const second = pointer
    ? readEntries(tiff, viewOf(pointer.value).getUint32(0, isLittle), isLittle)
    : [];
  const picture = chosen(first, KEPT.picture);
  const exposure = chosen(second, KEPT.exposure);
  if (picture.length + exposure.length === 0) return undefined;
  return writeTiff(picture, exposure, isLittle);
}

function hasPrefix(exif: Uint8Array): boolean {
  return ascii('Exif\0\0').every((byte, i) => exif[i] === byte);
}

/** Each tag once, in order. */
function chosen(entries: readonly Entry[], tags: readonly number[]): Entry[] {
  return tags.flatMap((wanted) => entries.find(({ tag }) => tag === wanted) ?? []);
}

/** Entries that lie outside the data are left out. */
function readEntries(tiff: Uint8Array, start: number, isLittle: boolean): Entry[] {
  const view = viewOf(tiff);
  if (start + 2 > tiff.length) return [];
  const entries: Entry[] = [];
  const end = start + 2 + view.getUint16(start, isLittle) * 12;
  for (let at = start + 2; at < end && at + 12 <= tiff.length; at += 12) {
    const type = view.getUint16(at + 2, isLittle);
    const count = view.getUint32(at + 4, isLittle);
    const length = (SIZES[type] ?? 0) * count;
    if (length === 0 || length > LONGEST) continue;
    const from = length > 4 ? view.getUint32(at + 8, isLittle) : at + 8;
    if (from + length > tiff.length) continue;
    const value = tiff.slice(from, from + length);
    entries.push({ tag: view.getUint16(at, isLittle), type, count, value });
  }
  return entries;
}

/** Header, the entries of the picture, those of the exposure, each followed by its longer values. */
function writeTiff(
  picture: readonly Entry[],
  exposure: readonly Entry[],
  isLittle: boolean,
): Uint8Array {
  const number = (tag: number, type: number, value: number): Entry => {
    const bytes = new Uint8Array(type === SHORT ? 2 : 4);
    if (type === SHORT) viewOf(bytes).setUint16(0, value, isLittle);
    else viewOf(bytes).setUint32(0, value, isLittle);
    return { tag, type, count: 1, value: bytes };
  };
  const header = new Uint8Array(8);
  const view = viewOf(header);
  view.setUint16(0, isLittle ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, isLittle);
  view.setUint32(4, header.length, isLittle);
  const upright = [...picture, number(ORIENTATION, SHORT, 1)];
  const first = (place: number): Uint8Array => {
    const entries = exposure.length > 0 ? [...upright, number(EXPOSURE, LONG, place)] : upright;
    return writeEntries(entries, header.length, isLittle);
  };
  const place = header.length + first(0).length;
  const second = exposure.length > 0 ? writeEntries(exposure, place, isLittle) : new Uint8Array();
  return concat([header, first(place), second]);
}

/** @param start - Where they will lie in the TIFF structure. */
function writeEntries(entries: readonly Entry[], start: number, isLittle: boolean): Uint8Array {
  const sorted = [...entries].sort((a, b) => a.tag - b.tag);
  const table = new Uint8Array(2 + sorted.length * 12 + 4);
  const view = viewOf(table);
  view.setUint16(0, sorted.length, isLittle);
  const long: Uint8Array[] = [];
  let end = start + table.length;
  for (const [i, { tag, type, count, value }] of sorted.entries()) {
    const at = 2 + i * 12;
    view.setUint16(at, tag, isLittle);
    view.setUint16(at + 2, type, isLittle);
    view.setUint32(at + 4, count, isLittle);
    if (value.length <= 4) {
      table.set(value, at + 8);
      continue;
    }
    view.setUint32(at + 8, end, isLittle);
    // Values begin at even places.
    const padded = new Uint8Array(value.length + (value.length & 1));
    padded.set(value);
    long.push(padded);
    end += padded.length;
  }
  return concat([table, ...long]);
}
