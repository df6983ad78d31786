import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { addAvifItem, describeAvif } from './avif.node.js';

/** A picture with a slope, of odd size; alpha where asked. */
function picture(channels: 3 | 4): Sharp {
  const [width, height] = [37, 21];
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 7) & 255);
  return sharp(data, { raw: { width, height, channels } });
}

const xmp = new TextEncoder().encode('<x:xmpmeta xmlns:x="adobe:ns:meta/">mark</x:xmpmeta>');
const exif = new TextEncoder().encode('II*\0\b\0\0\0\0\0\0\0\0\0');

const FILES: [string, () => Promise<Buffer>][] = [
  ['AVIF', () => picture(3).avif().toBuffer()],
  ['AVIF with alpha', () => picture(4).avif().toBuffer()],
  [
    'lossless AVIF with profile',
    () => picture(3).withIccProfile('p3').avif({ lossless: true }).toBuffer(),
  ],
];

describe.each(FILES)('%s', (_, encode) => {
  it('takes XMP and Exif, and its pixels, alpha and profile stay', async () => {
    const before = await encode();
    const copy = Uint8Array.from(before);
    const after = describeAvif(before, { xmp, exif });
    expect(Uint8Array.from(before)).toEqual(copy);
    const [was, is] = await Promise.all([before, after].map((file) => sharp(file).metadata()));
    expect(is?.xmp).toEqual(Buffer.from(xmp));
    // libvips puts a name before it, as in JPEG.
    expect(is?.exif?.includes(Buffer.from(exif))).toBe(true);
    const { xmp: _xmp, xmpAsString: _text, exif: _exif, size: _is, ...rest } = is!;
    const { size: _was, ...expected } = was!;
    expect(rest).toEqual(expected);
    const [x, y] = await Promise.all(
      [before, after].map((file) => sharp(file, { failOn: 'warning' }).raw().toBuffer()),
    );
    expect(x?.equals(y!)).toBe(true);
  });

  it('takes each once, and nothing where it is cut off', async () => {
    const item = { kind: 'mime', contentType: 'application/rdf+xml', data: xmp } as const;
    const file = await encode();
    expect(addAvifItem(describeAvif(file, { xmp }), item)).toBeUndefined();
    for (const part of [0, 1, 8, 30, 60, 200, file.length - 3]) {
      expect(() => describeAvif(file.subarray(0, part), { xmp })).toThrow();
    }
    const noise = Uint8Array.from({ length: 500 }, (_, i) => (i * 91) & 255);
    expect(() => describeAvif(noise, { xmp })).toThrow();
  });

  it('survives every byte that is wrong', async () => {
    const file = Uint8Array.from(await encode());
    const end = file.length - 50;
    for (let at = 0; at < Math.min(end, 500); at++) {
      for (const value of [0, 1, 127, 255]) {
        const broken = file.slice();
        broken[at] = value;
        try {
          const described = describeAvif(broken, { xmp });
          expect(described.length).toBeGreaterThan(file.length);
        } catch (error) {
          expect((error as Error).message).toMatch(/cut off|bounds|layout/);
        }
      }
    }
  });
});
