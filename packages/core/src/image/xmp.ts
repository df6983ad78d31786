import type { ImageType, Provenance } from '../platform/platform.js';
import { crc32 } from './crc32.js';
import { readHeaderSize } from './header-size.js';

/** IPTC's terms (http://cv.iptc.org/newscodes/digitalsourcetype/). */
const SOURCES: Readonly<Record<Provenance, string>> = {
  edited: 'compositeWithTrainedAlgorithmicMedia',
  generated: 'trainedAlgorithmicMedia',
};

/**
 * Writes into a picture file what it is: an XMP packet with `Iptc4xmpExt:DigitalSourceType`. The
 * pixels and all else in the file stay as they are.
 *
 * @param bytes - A whole file without XMP, such as an encoder has just made. They are not changed.
 * @returns A new file; `bytes` themselves where they are not a file of that type, are damaged or
 * hold XMP already.
 */
export function markProvenance(
  bytes: Uint8Array,
  type: ImageType | 'image/gif',
  provenance: Provenance,
): Uint8Array {
  const packet = ascii(xmpPacket(SOURCES[provenance]));
  try {
    return MARKERS[type](bytes, packet) ?? bytes;
  } catch (error) {
    // A file that is cut off is read beyond its end.
    if (error instanceof RangeError) return bytes;
    throw error;
  }
}

/** Gives `undefined` for what is not a sound file of its type. */
type Marker = (bytes: Uint8Array, packet: Uint8Array) => Uint8Array | undefined;

const MARKERS: Readonly<Record<ImageType | 'image/gif', Marker>> = {
  'image/png': markPng,
  'image/jpeg': markJpeg,
  'image/webp': markWebp,
  'image/gif': markGif,
};

function xmpPacket(source: string): string {
  return `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/${source}"/></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
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

const VP8X_BYTES = 18;
const XMP_FLAG = 0x04;
const ALPHA_FLAG = 0x10;

/** An `XMP ` chunk at the end, and its flag in `VP8X`, which simple files get first. */
function markWebp(bytes: Uint8Array, packet: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  const size = readHeaderSize(bytes);
  if (text(bytes, 0, 4) !== 'RIFF' || text(bytes, 8, 4) !== 'WEBP' || !size) return undefined;
  if (view.getUint32(4, true) + 8 !== bytes.length) return undefined;
  for (let at = 12; at < bytes.length; ) {
    if (text(bytes, at, 4) === 'XMP ') return undefined;
    const length = view.getUint32(at + 4, true);
    at += 8 + length + (length & 1);
    if (at > bytes.length) return undefined;
  }
  const isExtended = text(bytes, 12, 4) === 'VP8X';
  const head = isExtended
    ? Uint8Array.from(bytes.subarray(12, 12 + VP8X_BYTES))
    : extendedHeader(view, size);
  head[8] = (head[8] as number) | XMP_FLAG;
  const padding = new Uint8Array(packet.length & 1);
  const body = concat([
    ascii('WEBP'),
    head,
    bytes.subarray(isExtended ? 12 + VP8X_BYTES : 12),
    ascii('XMP '),
    uint32(packet.length, true),
    packet,
    padding,
  ]);
  return concat([ascii('RIFF'), uint32(body.length, true), body]);
}

/** The `VP8X` chunk of a file that begins with its `VP8 ` or `VP8L` chunk. */
function extendedHeader(
  view: DataView,
  { width, height }: { width: number; height: number },
): Uint8Array {
  const chunk = new Uint8Array(VP8X_BYTES);
  const header = viewOf(chunk);
  chunk.set(ascii('VP8X'));
  header.setUint32(4, VP8X_BYTES - 8, true);
  // VP8L tells of its alpha in the bit behind its two sizes; simple VP8 has none.
  const isLossless = view.getUint8(15) === 0x4c;
  const hasAlpha = isLossless && ((view.getUint32(21, true) >>> 28) & 1) === 1;
  header.setUint32(8, hasAlpha ? ALPHA_FLAG : 0, true);
  // 24 bits each, least first.
  header.setUint16(12, (width - 1) & 0xffff, true);
  chunk[14] = (width - 1) >> 16;
  header.setUint16(15, (height - 1) & 0xffff, true);
  chunk[17] = (height - 1) >> 16;
  return chunk;
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

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function uint32(value: number, littleEndian = false): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value, littleEndian);
  return bytes;
}

function ascii(characters: string): Uint8Array {
  return new TextEncoder().encode(characters);
}

function text(bytes: Uint8Array, start: number, length: number): string {
  return new TextDecoder('latin1').decode(bytes.subarray(start, start + length));
}

function insert(bytes: Uint8Array, at: number, part: Uint8Array): Uint8Array {
  return concat([bytes.subarray(0, at), part, bytes.subarray(at)]);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
