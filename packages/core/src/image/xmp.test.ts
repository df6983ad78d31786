import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodeImage } from './output.js';
import { markProvenance } from './xmp.js';

const SOURCE =
  'http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia';
const mark = (bytes: Uint8Array, type: Parameters<typeof markProvenance>[1]): Uint8Array =>
  markProvenance(bytes, type, 'edited');

/** A picture with a slope, of odd size; alpha where asked. */
function picture(channels: 3 | 4): Sharp {
  const [width, height] = [37, 21];
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 7) & 255);
  return sharp(data, { raw: { width, height, channels } });
}

const FILES: [string, Parameters<typeof markProvenance>[1], () => Promise<Buffer>][] = [
  ['PNG', 'image/png', () => picture(4).png().toBuffer()],
  ['PNG with profile', 'image/png', () => picture(3).withIccProfile('p3').png().toBuffer()],
  ['JPEG', 'image/jpeg', () => picture(3).jpeg().toBuffer()],
  ['progressive JPEG', 'image/jpeg', () => picture(3).jpeg({ progressive: true }).toBuffer()],
  [
    'JPEG with Exif and profile',
    'image/jpeg',
    () =>
      picture(3)
        .withExif({ IFD0: { Copyright: 'c' } })
        .withIccProfile('p3')
        .jpeg()
        .toBuffer(),
  ],
  ['WebP', 'image/webp', () => picture(3).webp().toBuffer()],
  ['WebP with alpha', 'image/webp', () => picture(4).webp().toBuffer()],
  ['lossless WebP', 'image/webp', () => picture(3).webp({ lossless: true }).toBuffer()],
  ['lossless WebP with alpha', 'image/webp', () => picture(4).webp({ lossless: true }).toBuffer()],
  ['WebP with profile', 'image/webp', () => picture(3).withIccProfile('p3').webp().toBuffer()],
  ['GIF', 'image/gif', () => picture(3).gif().toBuffer()],
];

it('refuses a type that it cannot mark', () => {
  expect(() => mark(new Uint8Array(9), 'image/avif' as 'image/png')).toThrow(
    /one of image\/png, .* for type but received "image\/avif"/,
  );
});

describe.each(FILES)('%s', (_, type, encode) => {
  it('is marked, and its pixels, alpha and metadata stay', async () => {
    const before = await encode();
    const copy = Uint8Array.from(before);
    const after = mark(before, type);
    expect(Uint8Array.from(before)).toEqual(copy);
    const [was, is] = await Promise.all([before, after].map((bytes) => sharp(bytes).metadata()));
    const { xmp, xmpAsString: _text, size: _size, ...rest } = is!;
    const { size: _before, ...expected } = was!;
    expect(rest).toEqual(expected);
    // libvips does not read the XMP of GIF files.
    const packet = type === 'image/gif' ? Buffer.from(after).toString('latin1') : String(xmp);
    expect(packet).toContain(`Iptc4xmpExt:DigitalSourceType="${SOURCE}"`);
    const [x, y] = await Promise.all(
      [before, after].map((bytes) => sharp(bytes, { failOn: 'warning' }).raw().toBuffer()),
    );
    expect(x!.equals(y!)).toBe(true);
  });

  it('is marked once', async () => {
    const once = mark(await encode(), type);
    expect(mark(once, type)).toBe(once);
  });

  it('stays as it is when it is cut off, of another type or no picture', async () => {
    const bytes = await encode();
    for (const part of [0, 1, 8, 16, 40, bytes.length / 2, bytes.length - 3]) {
      const cut = bytes.subarray(0, part);
      expect(mark(cut, type)).toBe(cut);
    }
    const other = type === 'image/png' ? 'image/webp' : 'image/png';
    expect(mark(bytes, other)).toBe(bytes);
    const noise = Uint8Array.from({ length: 500 }, (_, i) => (i * 91) & 255);
    expect(mark(noise, type)).toBe(noise);
  });
});

describe('MP4', () => {
  const box = (name: string, length: number): Buffer => {
    const bytes = Buffer.alloc(length, 7);
    bytes.writeUInt32BE(length);
    bytes.write(name, 4, 'latin1');
    return bytes;
  };
  const video = Buffer.concat([box('ftyp', 24), box('mdat', 100), box('moov', 40)]);

  it('is marked once, behind all that was there', () => {
    const marked = mark(video, 'video/mp4');
    expect(video.equals(marked.subarray(0, video.length))).toBe(true);
    const added = Buffer.from(marked.subarray(video.length));
    expect(added.readUInt32BE()).toBe(added.length);
    expect(added.toString('latin1', 4, 8)).toBe('uuid');
    expect(added.toString('latin1')).toContain(`Iptc4xmpExt:DigitalSourceType="${SOURCE}"`);
    expect(mark(marked, 'video/mp4')).toBe(marked);
  });

  it('stays as it is when it is cut off, open at its end or something else', () => {
    const open = Buffer.concat([video, box('mdat', 8)]);
    open.writeUInt32BE(0, video.length);
    for (const bytes of [video.subarray(0, -1), video.subarray(0, 20), open, box('moov', 24)]) {
      expect(mark(bytes, 'video/mp4')).toBe(bytes);
    }
  });
});

describe('encodeImage', () => {
  const pixels = { width: 2, height: 2, data: new Uint8ClampedArray(16).fill(255) };

  it.each([
    ['edited', '/compositeWithTrainedAlgorithmicMedia"'],
    ['generated', '/trainedAlgorithmicMedia"'],
  ] as const)('says %s where asked', async (provenance, term) => {
    const { xmp } = await sharp(await encodeImage(pixels, { provenance })).metadata();
    expect(String(xmp)).toContain(term);
  });

  it('claims nothing of plain pixels', async () => {
    expect((await sharp(await encodeImage(pixels)).metadata()).xmp).toBeUndefined();
  });

  it('refuses other words', async () => {
    const options = { provenance: 'real' as 'edited' };
    await expect(encodeImage(pixels, options)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });
});
