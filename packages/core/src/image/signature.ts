/** First bytes of the raster formats that are read, as characters; `?` stands for any. */
const SIGNATURES: readonly string[] = [
  '\xff\xd8\xff',
  '\x89PNG\r\n\x1a\n',
  'GIF8',
  'RIFF????WEBP',
  'II*\0',
  'MM\0*',
  'II+\0',
  'MM\0+',
  '????ftyp',
];

/** What browsers read beyond them: BMP, and JPEG XL, bare and in a box. */
const OF_BROWSERS: readonly string[] = ['BM', '\xff\n', '\0\0\0\fJXL '];

/**
 * Whether a file begins like a JPEG, PNG, GIF, WebP, TIFF or AVIF. Asked before a decoder sees it:
 * libraries recognise SVG, PDF and others too, which are programs that draw.
 */
export function isRasterFile(bytes: Uint8Array): boolean {
  return beginsLikeOne(bytes, SIGNATURES);
}

/** The same for the formats of browsers. */
export function isBrowserFile(bytes: Uint8Array): boolean {
  return isRasterFile(bytes) || beginsLikeOne(bytes, OF_BROWSERS);
}

function beginsLikeOne(bytes: Uint8Array, signatures: readonly string[]): boolean {
  return signatures.some((signature) =>
    Array.from(signature).every((c, i) => c === '?' || c.charCodeAt(0) === bytes[i]),
  );
}
