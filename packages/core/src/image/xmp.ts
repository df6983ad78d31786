import { assertOneOf } from '../errors.js';
import type { CommonImageType, Provenance } from '../platform/platform.js';
import { ascii, concat, insert, text, uint32, viewOf } from './bytes.js';
import { crc32 } from './crc32.js';
import { SOURCE_TYPES } from './source-type.js';
import { splitWebp, WEBP_FLAG } from './webp-header.js';

/**
 * Writes into a picture file what it is: an XMP packet with `Iptc4xmpExt:DigitalSourceType`. The
 * pixels and all else in the file stay as they are.
 *
 * @param bytes - A whole file without XMP, such as an encoder has just made. They are not changed.
 * @throws {FaceMorphError} `ARGUMENT_INVALID` for another type
 * @returns A new file; `bytes` themselves where they are not a file of that type, are damaged or
 * hold XMP already.
 */
export function markProvenance(
  bytes: Uint8Array,
  type: MarkedType,
  provenance: Provenance,
): Uint8Array {
  assertOneOf(Object.keys(MARKERS), 'type', type);
  const packet = xmpPacket(provenance);
  try {
    return MARKERS[type](bytes, packet) ?? bytes;
  } catch (error) {
    // A file that is cut off is read beyond its end.
    if (error instanceof RangeError) return bytes;
    throw error;
  }
}

/** Files that can say what they are. */
export type MarkedType = CommonImageType | 'image/gif' | 'video/mp4';

/** Gives `undefined` for what is not a sound file of its type. */
type Marker = (bytes: Uint8Array, packet: Uint8Array) => Uint8Array | undefined;

const MARKERS: Readonly<Record<MarkedType, Marker>> = {
  'image/png': markPng,
  'image/jpeg': markJpeg,
  'image/webp': markWebp,
  'image/gif': markGif,
  'video/mp4': markMp4,
};

/** What a file says of its making. */
export function xmpPacket(provenance: Provenance): Uint8Array {
  return ascii(`<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" Iptc4xmpExt:DigitalSourceType="${SOURCE_TYPES[provenance]}"/></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`);
}

/** An `iTXt` chunk before the first `IDAT`. */
function markPng(bytes: Uint8Array, packet: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) return undefined;
  let place: number | undefined;
  for (let at = 8; ; ) {
    const length = view.getUint32(at);
    const name = text(bytes, at + 4, 4);
    if (name === 'iTXt' && text(bytes, at + 8, 17) === 'XML:com.adobe.xmp') return undefined;
    if (name === 'IDAT') place ??= at;
    at += length + 12;
    if (at > bytes.length) return undefined;
    if (name === 'IEND') break;
  }
  if (place === undefined) return undefined;
  // Keyword, end of it, not compressed, method 0, no language, no translated keyword.
  const body = concat([ascii('iTXtXML:com.adobe.xmp\0\0\0\0\0'), packet]);
  const chunk = concat([uint32(body.length - 4), body, uint32(crc32(body))]);
  return insert(bytes, place, chunk);
}

/** An `APP1` segment behind `SOI`, the JFIF header and Exif. */
function markJpeg(bytes: Uint8Array, packet: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  if (view.getUint16(0) !== 0xffd8 || view.getUint16(bytes.length - 2) !== 0xffd9) return undefined;
  const namespace = 'http://ns.adobe.com/xap/1.0/\0';
  let place = 2;
  let at = 2;
  // Only segments with a length come before the scan (SOS, 0xffda).
  for (let marker = view.getUint16(at); marker !== 0xffda; marker = view.getUint16(at)) {
    if (marker < 0xffc0 || marker === 0xffd9) return undefined;
    if (marker === 0xffe1 && text(bytes, at + 4, namespace.length) === namespace) return undefined;
    const isHeader = marker === 0xffe0 || marker === 0xffe1;
    const follows = at === place;
    const length = view.getUint16(at + 2);
    if (length < 2) return undefined;
    at += 2 + length;
    if (isHeader && follows) place = at;
  }
  const body = concat([ascii(namespace), packet]);
  const length = body.length + 2;
  const head = Uint8Array.of(0xff, 0xe1, length >> 8, length & 255);
  return insert(bytes, place, concat([head, body]));
}

/** An `XMP ` chunk at the end, and its flag in `VP8X`, which simple files get first. */
function markWebp(bytes: Uint8Array, packet: Uint8Array): Uint8Array | undefined {
  const parts = splitWebp(bytes);
  if (!parts) return undefined;
  const view = viewOf(bytes);
  if (view.getUint32(4, true) + 8 !== bytes.length) return undefined;
  for (let at = 12; at < bytes.length; ) {
    if (text(bytes, at, 4) === 'XMP ') return undefined;
    const length = view.getUint32(at + 4, true);
    at += 8 + length + (length & 1);
    if (at > bytes.length) return undefined;
  }
  const { head, rest } = parts;
  head[8] = (head[8] as number) | WEBP_FLAG.xmp;
  const padding = new Uint8Array(packet.length & 1);
  const body = concat([
    ascii('WEBP'),
    head,
    rest,
    ascii('XMP '),
    uint32(packet.length, true),
    packet,
    padding,
  ]);
  return concat([ascii('RIFF'), uint32(body.length, true), body]);
}

/** An application extension before the end; its trailer leads readers of sub-blocks out of it. */
function markGif(bytes: Uint8Array, packet: Uint8Array): Uint8Array | undefined {
  const isGif89 = text(bytes, 0, 6) === 'GIF89a';
  if (!isGif89 || bytes.at(-1) !== 0x3b || text(bytes, 0, bytes.length).includes('XMP DataXMP')) {
    return undefined;
  }
  const trailer = Uint8Array.from({ length: 258 }, (_, i) => (i === 0 ? 1 : Math.max(0, 256 - i)));
  const extension = concat([Uint8Array.of(0x21, 0xff, 11), ascii('XMP DataXMP'), packet, trailer]);
  return insert(bytes, bytes.length - 1, extension);
}

/** What names an XMP packet among the `uuid` boxes of an MP4 (XMP specification, part 3). */
const XMP_UUID = Uint8Array.of(
  ...[0xbe, 0x7a, 0xcf, 0xcb, 0x97, 0xa9, 0x42, 0xe8],
  ...[0x9c, 0x71, 0x99, 0x94, 0x91, 0xe3, 0xaf, 0xac],
);

/** A `uuid` box behind all others: offsets into the file stay as they are. */
function markMp4(bytes: Uint8Array, packet: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  if (text(bytes, 4, 4) !== 'ftyp') return undefined;
  for (let at = 0; at < bytes.length; ) {
    const short = view.getUint32(at);
    // 1: the length follows in 64 bits; 0, to the end of the file, leaves no room behind it.
    const length = short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    if (length < 8 || at + length > bytes.length) return undefined;
    const isXmp =
      text(bytes, at + 4, 4) === 'uuid' && XMP_UUID.every((v, i) => bytes[at + 8 + i] === v);
    if (isXmp) return undefined;
    at += length;
  }
  const body = concat([ascii('uuid'), XMP_UUID, packet]);
  return concat([bytes, uint32(body.length + 4), body]);
}
