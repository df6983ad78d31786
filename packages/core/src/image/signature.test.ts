import { expect, test } from 'vitest';
import { isBrowserFile, isRasterFile } from './signature.js';

const bytes = (characters: string): Uint8Array =>
  Uint8Array.from(characters, (c) => c.charCodeAt(0));

test.each([
  ['JPEG', '\xff\xd8\xff\xe0\0\x10JFIF'],
  ['PNG', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
  ['GIF', 'GIF89a\x01\0'],
  ['WebP', 'RIFF\x24\0\0\0WEBPVP8 '],
  ['TIFF, little-endian', 'II*\0\x08\0\0\0'],
  ['TIFF, big-endian', 'MM\0*\0\0\0\x08'],
  ['AVIF', '\0\0\0\x20ftypavif'],
])('%s is a raster file', (_, start) => {
  expect(isRasterFile(bytes(start))).toBe(true);
});

test.each([
  ['nothing', ''],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['packed SVG', '\x1f\x8b\x08\0'],
  ['PDF', '%PDF-1.7'],
  ['a RIFF that is sound', 'RIFF\x24\0\0\0WAVEfmt '],
  ['the start of a start', '\x89PNG'],
])('%s is none', (_, start) => {
  expect(isRasterFile(bytes(start))).toBe(false);
});

test.each([
  ['BMP', 'BM\x46\0\0\0', true],
  ['JPEG XL', '\xff\n\xff\x07', true],
  ['JPEG', '\xff\xd8\xff\xe0', true],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>', false],
  ['an icon', '\0\0\x01\0\x01\0', false],
])('in a browser, %s: %s', (_, start, isRead) => {
  expect(isBrowserFile(bytes(start))).toBe(isRead);
});
