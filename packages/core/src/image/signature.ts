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

/**
 * Whether a file begins like a JPEG, PNG, GIF, WebP, TIFF or AVIF. Asked before a decoder sees it:
 * libraries recognise SVG, PDF and others too, which are programs that draw.
 */
export function isRasterFile(bytes: Uint8Array): boolean {
  return SIGNATURES.some((signature) =>
    Array.from(signature).every((c, i) => c === '?' || c.charCodeAt(0) === bytes[i]),
  );
}
