import { ascii, text, viewOf } from './bytes.js';
import { readHeaderSize } from './header-size.js';

/** Bytes of a `VP8X` chunk, its own header among them. */
export const VP8X_BYTES = 18;

/** Bits of the first byte of `VP8X` that say which chunks follow. */
export const WEBP_FLAG = { profile: 0x20, alpha: 0x10, exif: 0x08, xmp: 0x04 } as const;

/** A WebP taken apart: its `VP8X` chunk, made where a simple file has none, and what follows. */
export interface WebpParts {
  readonly head: Uint8Array;
  readonly rest: Uint8Array;
}

/** @returns `undefined` for what is no WebP. The head is a copy. */
export function splitWebp(bytes: Uint8Array): WebpParts | undefined {
  const size = readHeaderSize(bytes);
  if (text(bytes, 0, 4) !== 'RIFF' || text(bytes, 8, 4) !== 'WEBP' || !size) return undefined;
  if (text(bytes, 12, 4) !== 'VP8X') {
    return { head: extendedHeader(viewOf(bytes), size), rest: bytes.subarray(12) };
  }
  const head = Uint8Array.from(bytes.subarray(12, 12 + VP8X_BYTES));
  return { head, rest: bytes.subarray(12 + VP8X_BYTES) };
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
  header.setUint32(8, hasAlpha ? WEBP_FLAG.alpha : 0, true);
  // 24 bits each, least first.
  header.setUint16(12, (width - 1) & 0xffff, true);
  chunk[14] = (width - 1) >> 16;
  header.setUint16(15, (height - 1) & 0xffff, true);
  chunk[17] = (height - 1) >> 16;
  return chunk;
}
