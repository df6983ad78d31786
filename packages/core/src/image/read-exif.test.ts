import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { keepExif } from './exif.js';
import { readExif } from './read-exif.js';

const picture = (): Sharp =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: '#456' } });
const withExif = (): Sharp =>
  picture().withExif({ IFD0: { Make: 'Maker' }, IFD3: { GPSLatitudeRef: 'N' } });

const formats: [string, (image: Sharp) => Sharp][] = [
  ['JPEG', (image) => image.jpeg()],
  ['PNG', (image) => image.png()],
  ['WebP', (image) => image.webp()],
];

describe('readExif', () => {
  it.each(formats)('%s: finds what another reader finds', async (_, write) => {
    const file = await write(withExif()).toBuffer();
    const { exif } = await sharp(file).metadata();
    const kept = keepExif(readExif(file) as Uint8Array);
    expect(kept).toBeDefined();
    expect(kept).toEqual(keepExif(exif as Buffer));
  });

  it.each(formats)('%s: finds nothing where there is none', async (_, write) => {
    expect(readExif(await write(picture()).toBuffer())).toBeUndefined();
  });

  it('is not misled by other segments with the same marker', async () => {
    const file = await picture()
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- Exif --></x:xmpmeta>')
      .jpeg()
      .toBuffer();
    expect(readExif(file)).toBeUndefined();
  });

  it.each(formats)('%s: ends with every file that is cut off or damaged', async (_, write) => {
    const file = await write(withExif()).toBuffer();
    for (let length = 0; length < file.length; length++) readExif(file.subarray(0, length));
    for (let seed = 1; seed < 400; seed++) {
      const broken = Uint8Array.from(file);
      for (let i = 0; i < 8; i++)
        broken[(seed * 7919 + i * 104729) % file.length] = (seed * 31 + i) & 255;
      const exif = readExif(broken);
      if (exif) keepExif(exif);
    }
    expect(readExif(new Uint8Array())).toBeUndefined();
  });
});
