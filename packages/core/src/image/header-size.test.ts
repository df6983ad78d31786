import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { readHeaderSize } from './header-size.js';

const size = { width: 301, height: 77 };
const picture = () => sharp({ create: { ...size, channels: 3, background: '#a50' } });

test.each([
  ['png', () => picture().png()],
  ['jpeg', () => picture().jpeg()],
  ['progressive jpeg', () => picture().jpeg({ progressive: true })],
  [
    'jpeg with EXIF',
    () =>
      picture()
        .withExif({ IFD0: { Artist: 'x'.repeat(3000) } })
        .jpeg(),
  ],
  ['gif', () => picture().gif()],
  ['lossy webp', () => picture().webp()],
  ['lossless webp', () => picture().webp({ lossless: true })],
  ['webp with alpha', () => picture().ensureAlpha(0.5).webp()],
])('%s', async (_, encode) => {
  expect(readHeaderSize(await encode().toBuffer())).toEqual(size);
});

test('bmp', () => {
  const bytes = Buffer.alloc(54);
  bytes.write('BM');
  bytes.writeInt32LE(301, 18);
  bytes.writeInt32LE(-77, 22);
  expect(readHeaderSize(bytes)).toEqual(size);
});

test('other files and cut headers have no size', async () => {
  const png = await picture().png().toBuffer();
  for (const bytes of [
    new Uint8Array(),
    png.subarray(0, 20),
    Buffer.from('some text, not a picture'),
  ]) {
    expect(readHeaderSize(bytes)).toBeUndefined();
  }
});

test('takes any bytes without failing or looping', async () => {
  const starts = [[], [0xff, 0xd8], [...Buffer.from('RIFF0000WEBPVP8')], [...Buffer.from('BM')]];
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), (start, rest) => {
      readHeaderSize(Uint8Array.from([...start, ...rest]));
    }),
  );
});
