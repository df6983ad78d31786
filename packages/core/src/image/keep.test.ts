import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage, encodeImage } from './codec.node.js';
import { keepExif } from './exif.js';
import { fileOf, withFile } from './picture-file.js';
import type { Pixels } from './pixels.js';

const TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;
const KEEP = { colorProfile: 'keep', metadata: 'keep' } as const;

const [width, height] = [40, 30];
/** Strong colours, some of which sRGB does not have. */
const colours = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 31) & 255);

/** A photo in Display P3 with all that a camera writes. */
function photo(): Promise<Buffer> {
  return sharp(colours, { raw: { width, height, channels: 3 } })
    .withIccProfile('p3')
    .withExif({
      IFD0: { Make: 'Maker', Artist: 'Somebody', Copyright: 'Hers' },
      IFD2: { ISOSpeedRatings: '200', BodySerialNumber: '12345', UserComment: 'private' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' },
    })
    .png()
    .toBuffer();
}

/** The numbers in a file as they are. */
function numbers(file: Uint8Array): Promise<Buffer> {
  return sharp(file, { ignoreIcc: true }).removeAlpha().raw().toBuffer();
}

/** One pixel made darker. */
async function editOf(file: Uint8Array, x: number, y: number): Promise<Pixels> {
  const pixels = await decodeImage(file);
  const data = pixels.data.slice();
  for (let c = 0; c < 3; c++) data[(y * width + x) * 4 + c]! >>= 1;
  return withFile({ ...pixels, data }, fileOf(pixels));
}

describe('colorProfile: keep', () => {
  it('leaves what was not edited as it is in the file, and edits in its space', async () => {
    const file = await photo();
    const [x, y] = [7, 11];
    const saved = await encodeImage(await editOf(file, x, y), { type: 'image/png', ...KEEP });
    const [before, after] = [await numbers(file), await numbers(saved)];
    const at = (y * width + x) * 3;
    const changed = [...before.keys()].filter((i) => before[i] !== after[i]);
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.every((i) => i >= at && i < at + 3)).toBe(true);
    const [{ icc: old }, { icc: kept }] = [
      await sharp(file).metadata(),
      await sharp(saved).metadata(),
    ];
    expect(kept).toEqual(old);
    const wanted = (await editOf(file, x, y)).data.subarray((y * width + x) * 4).slice(0, 3);
    const seen = (await decodeImage(saved)).data.subarray((y * width + x) * 4).slice(0, 3);
    for (const [c, value] of wanted.entries()) {
      expect(Math.abs(value - (seen[c] as number))).toBeLessThan(12);
    }
  });

  it.each(TYPES)('%s has the profile and can be read', async (type) => {
    const file = await photo();
    const saved = await encodeImage(await decodeImage(file), { type, ...KEEP });
    const metadata = await sharp(saved).metadata();
    expect(metadata).toMatchObject({ width, height, hasProfile: true });
    expect(metadata.icc).toEqual((await sharp(file).metadata()).icc);
    await sharp(saved, { failOn: 'warning' }).raw().toBuffer();
  });

  it('is sRGB without a profile in AVIF', async () => {
    const saved = await encodeImage(await decodeImage(await photo()), {
      type: 'image/avif',
      ...KEEP,
    });
    expect((await sharp(saved).metadata()).icc).toBeUndefined();
  });

  it('is sRGB without a profile where the file has none of red, green and blue', async () => {
    const cmyk = await sharp(await photo())
      .toColourspace('cmyk')
      .withIccProfile('cmyk')
      .jpeg()
      .toBuffer();
    for (const file of [cmyk, await sharp(cmyk).png().toBuffer()]) {
      const pixels = await decodeImage(file);
      const saved = await encodeImage(pixels, { type: 'image/png', colorProfile: 'keep' });
      expect((await sharp(saved).metadata()).hasProfile).toBe(false);
      expect((await decodeImage(saved)).data).toEqual(pixels.data);
    }
  });

  it('saves every file that could be opened: one whose decoder warned, too', async () => {
    const jpeg = await sharp(await photo())
      .keepIccProfile()
      .jpeg()
      .toBuffer();
    const tables = jpeg.lastIndexOf(Buffer.of(0xff, 0xdb));
    const odd = Buffer.concat([jpeg.subarray(0, tables), Buffer.alloc(5), jpeg.subarray(tables)]);
    await expect(sharp(odd, { failOn: 'warning' }).raw().toBuffer()).rejects.toThrow('extraneous');
    const saved = await encodeImage(await decodeImage(odd), { type: 'image/jpeg', ...KEEP });
    expect((await sharp(saved).metadata()).hasProfile).toBe(true);
  });

  it('keeps nothing unless asked', async () => {
    const saved = await encodeImage(await decodeImage(await photo()), { type: 'image/jpeg' });
    const { hasProfile, exif } = await sharp(saved).metadata();
    expect([hasProfile, exif]).toEqual([false, undefined]);
  });
});

describe('metadata: keep', () => {
  it.each([...TYPES, 'image/avif'] as const)(
    '%s: camera and author stay, place, serial number and comment go',
    async (type) => {
      const saved = await encodeImage(await decodeImage(await photo()), { type, metadata: 'keep' });
      const { exif, orientation } = await sharp(saved, { failOn: 'warning' }).metadata();
      const text = exif?.toString('latin1') ?? '';
      for (const kept of ['Maker', 'Somebody', 'Hers']) expect(text).toContain(kept);
      for (const gone of ['12345', 'private']) expect(text).not.toContain(gone);
      // libvips tells it of no AVIF.
      expect(orientation).toBe(type === 'image/avif' ? undefined : 1);
    },
  );

  it('survives Exif that is cut off or of chance, and keeps nothing of it', async () => {
    const { exif } = await sharp(await photo()).metadata();
    const whole = exif as Buffer;
    expect(keepExif(whole)?.length).toBeGreaterThan(20);
    for (let length = 0; length < whole.length; length++) keepExif(whole.subarray(0, length));
    for (let seed = 1; seed < 400; seed++) {
      const broken = Uint8Array.from(whole);
      for (let i = 0; i < 8; i++)
        broken[(seed * 7919 + i * 104729) % whole.length] = (seed * 31 + i) & 255;
      const kept = keepExif(broken);
      if (kept) expect(kept.length).toBeLessThan(65_000);
    }
    expect(keepExif(new Uint8Array())).toBeUndefined();
  });
});
