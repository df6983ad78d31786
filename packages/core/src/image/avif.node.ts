/**
 * What an AVIF holds beside its picture: items of its `meta` box (ISO 14496-12 and 23008-12). Node only:
 * browsers write no AVIF.
 */
import { ascii, concat, text, uint32, viewOf } from './bytes.js';

/** Something to put into an AVIF. */
export interface AvifItem {
  readonly kind: 'Exif' | 'mime';
  /** Of `mime`. */
  readonly contentType?: string;
  readonly data: Uint8Array;
}

/** Writes Exif and XMP into an AVIF that has neither. @throws {Error} for another layout than encoders use */
export function describeAvif(
  bytes: Uint8Array,
  { exif, xmp }: { readonly exif?: Uint8Array | undefined; readonly xmp?: Uint8Array | undefined },
): Uint8Array {
  const items: AvifItem[] = [];
  // Four bytes say how far behind them Exif begins.
  if (exif) items.push({ kind: 'Exif', data: concat([uint32(0), exif]) });
  if (xmp) items.push({ kind: 'mime', contentType: 'application/rdf+xml', data: xmp });
  return items.reduce((file, item) => {
    const described = addAvifItem(file, item);
    if (described) return described;
    throw new Error('its layout is not known');
  }, bytes);
}

/** A box: where it begins, where its content begins behind size and name, and where it ends. */
interface Box {
  readonly name: string;
  readonly start: number;
  readonly body: number;
  readonly end: number;
}

/**
 * Puts an item that describes the picture into an AVIF. Its data come behind all else, in a box of their own;
 * what is there stays as it is, but moves by what `meta` grows.
 *
 * @returns A new file; `undefined` for what is no AVIF, is laid out as encoders do not, or has such an item.
 * @throws {RangeError} for a file that is cut off
 */
export function addAvifItem(bytes: Uint8Array, item: AvifItem): Uint8Array | undefined {
  const view = viewOf(bytes);
  const [ftyp, ...boxes] = boxesOf(view, 0, bytes.length);
  const meta = boxes.find(({ name }) => name === 'meta');
  if (ftyp?.name !== 'ftyp' || !meta || !/avi[fs]/.test(text(bytes, 8, ftyp.end - 8))) return;
  const parts = new Map(boxesOf(view, meta.body + 4, meta.end).map((part) => [part.name, part]));
  const [pitm, iloc, iinf] = [parts.get('pitm'), parts.get('iloc'), parts.get('iinf')];
  const iref = parts.get('iref');
  // Only with numbers of 16 bits: a picture has few items.
  const isSmall = [pitm, iinf, iref].every((part) => !part || view.getUint8(part.body) === 0);
  if (!pitm || !iloc || !iinf || !isSmall) return;
  const infos = boxesOf(view, iinf.body + 6, iinf.end);
  if (infos.some(({ body }) => text(bytes, body + 8, 4) === item.kind)) return;

  const id = 1 + Math.max(0, ...infos.map(({ body }) => view.getUint16(body + 4)));
  const locations = locationsOf(view, iloc);
  if (!locations) return;
  const about = box('cdsc', [uint16(id), uint16(1), bytes.subarray(pitm.body + 4, pitm.body + 6)]);
  const [entry, info] = [locations.entryOf(id, item.data.length), infoOf(id, item)];
  const refers = iref ? about : box('iref', [uint32(0), about]);
  const growth = entry.bytes.length + info.length + refers.length;

  const moved = Uint8Array.from(bytes);
  const out = viewOf(moved);
  for (const { at, size } of locations.offsets) {
    const offset = readUint(view, at, size);
    // What lies before `meta` stays where it is.
    if (offset >= meta.end) writeUint(out, at, size, offset + growth);
  }
  out.setUint16(locations.count, view.getUint16(locations.count) + 1);
  out.setUint16(iinf.body + 4, infos.length + 1);
  writeUint(viewOf(entry.bytes), entry.offset, entry.size, bytes.length + growth + 8);
  const added = [
    { into: [iloc], at: iloc.end, part: entry.bytes },
    { into: [iinf], at: iinf.end, part: info },
    { into: iref ? [iref] : [], at: iref?.end ?? meta.end, part: refers },
  ];
  for (const { into, part } of added) {
    for (const { start } of [meta, ...into])
      out.setUint32(start, out.getUint32(start) + part.length);
  }
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (const { at, part } of added.sort((a, b) => a.at - b.at)) {
    pieces.push(moved.subarray(from, at), part);
    from = at;
  }
  return concat([...pieces, moved.subarray(from), box('mdat', [item.data])]);
}

/** The boxes between two places. @throws {RangeError} where one ends outside, or has a size of 64 bits. */
function boxesOf(view: DataView, start: number, end: number): Box[] {
  const boxes: Box[] = [];
  for (let at = start; at < end; ) {
    const size = view.getUint32(at);
    if (size < 8 || at + size > end) throw new RangeError('A box is cut off');
    const name = String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)));
    boxes.push({ name, start: at, body: at + 8, end: at + size });
    at += size;
  }
  return boxes;
}

/** The entry that names an item, version 2. */
function infoOf(id: number, { kind, contentType }: AvifItem): Uint8Array {
  // Flag 1: it is not to be shown.
  const head = [uint32(0x02000001), uint16(id), uint16(0), ascii(`${kind}\0`)];
  return box('infe', contentType === undefined ? head : [...head, ascii(`${contentType}\0`)]);
}

/** What `iloc` says of where items are. */
interface Locations {
  /** Place of the number of items. */
  readonly count: number;
  /** Places of numbers that are offsets into the file, and their bytes. */
  readonly offsets: readonly { readonly at: number; readonly size: number }[];
  /** A new entry, and where in it the offset belongs. */
  entryOf(id: number, length: number): { bytes: Uint8Array; offset: number; size: number };
}

/** @returns `undefined` for item numbers of 32 bits, and offsets of other sizes than 32 and 64. */
function locationsOf(view: DataView, { body, end }: Box): Locations | undefined {
  const version = view.getUint8(body);
  const sizes = view.getUint16(body + 4);
  const [size, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version === 0 ? 0 : sizes & 15;
  const isKnown = [size, lengthSize, baseSize || 4].every((bytes) => bytes === 4 || bytes === 8);
  if (version > 1 || !isKnown) return undefined;
  const count = body + 6;
  const offsets: { at: number; size: number }[] = [];
  let at = count + 2;
  for (let left = view.getUint16(count); left > 0; left--) {
    const isInFile = version === 0 || (view.getUint16(at + 2) & 15) === 0;
    at += 4 + 2 * version;
    const base = baseSize > 0 ? readUint(view, at, baseSize) : 0;
    if (isInFile && base > 0) offsets.push({ at, size: baseSize });
    at += baseSize;
    const extents = view.getUint16(at);
    at += 2;
    for (let i = 0; i < extents; i++) {
      at += indexSize;
      if (isInFile && base === 0) offsets.push({ at, size });
      at += size + lengthSize;
    }
  }
  if (at > end) throw new RangeError('A box is cut off');
  return {
    count,
    offsets,
    entryOf(id, length) {
      const base = 4 + 2 * version;
      const extent = base + baseSize + 2 + indexSize;
      const bytes = new Uint8Array(extent + size + lengthSize);
      const entry = viewOf(bytes);
      entry.setUint16(0, id);
      entry.setUint16(base + baseSize, 1);
      writeUint(entry, extent + size, lengthSize, length);
      // Where there is a base, encoders write the offset there, and those who move boxes expect it there.
      return baseSize > 0
        ? { bytes, offset: base, size: baseSize }
        : { bytes, offset: extent, size };
    },
  };
}

function readUint(view: DataView, at: number, size: number): number {
  return size === 8 ? Number(view.getBigUint64(at)) : view.getUint32(at);
}

function writeUint(view: DataView, at: number, size: number, value: number): void {
  if (size === 8) view.setBigUint64(at, BigInt(value));
  else view.setUint32(at, value);
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 255);
}

function box(name: string, parts: readonly Uint8Array[]): Uint8Array {
  const content = concat(parts);
  return concat([uint32(content.length + 8), ascii(name), content]);
}
