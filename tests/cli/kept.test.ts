import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { facemorph, temporaryFolder } from './command-line.js';

const exiftool = process.env.FACEMORPH_EXIFTOOL ?? 'exiftool';
const missing = spawnSync(exiftool, ['-ver']).error !== undefined;
if (missing) {
  console.warn(
    '!!! exiftool is not installed (libimage-exiftool-perl): kept metadata is not tested',
  );
}

const portrait = fileURLToPath(new URL('../fixtures/portrait.jpg', import.meta.url));
const folder = temporaryFolder();
const photo = join(folder, 'photo.jpg');

/** All tags but those of the file itself. */
function readTags(path: string): Record<string, unknown> {
  const args = ['-j', '-n', '-a', '-G1', '--File:all', '--System:all', '--Composite:all', path];
  const [tags] = JSON.parse(spawnSync(exiftool, args, { encoding: 'utf8' }).stdout);
  return tags;
}

/** The numbers in a file as they are, upright. */
function numbers(path: string): Promise<Buffer> {
  const image = sharp(readFileSync(path), { ignoreIcc: true });
  return image.autoOrient().removeAlpha().raw().toBuffer();
}

describe.skipIf(missing)('what exiftool reads in an edit of a photo from a phone', () => {
  beforeAll(async () => {
    const file = await sharp(portrait)
      .rotate(90)
      .withIccProfile('p3')
      .jpeg({ quality: 95 })
      .toBuffer();
    const thumbnail = join(folder, 'thumbnail.jpg');
    await sharp(file).resize(64).toFile(thumbnail);
    await sharp(file).withIccProfile('p3').jpeg({ quality: 95 }).toFile(photo);
    const tags = [
      ...['-Make=Maker', '-Model=Phone 9', '-Artist=Somebody', '-Copyright=Hers'],
      ...['-DateTimeOriginal=2026:11:25 10:00:00', '-ExposureTime=0.004', '-ISO=200'],
      ...['-LensModel=Wide', '-SerialNumber=S123', '-LensSerialNumber=L456', '-OwnerName=Owner'],
      ...['-UserComment=private', '-GPSLatitude=51.5', '-GPSLatitudeRef=N', '-GPSLongitude=7.5'],
      ...['-Orientation#=8', `-ThumbnailImage<=${thumbnail}`],
    ];
    const { status, stderr } = spawnSync(exiftool, ['-overwrite_original', ...tags, photo]);
    expect([status, String(stderr)]).toEqual([0, '']);
  });

  it.each(['jpg', 'png', 'webp'])(
    'camera, date and author, in Display P3: .%s',
    async (extension) => {
      const out = join(folder, `kept.${extension}`);
      const set = ['--set', 'smiling=1', '--keep-metadata', '--keep-profile', '--quiet'];
      const { code, stderr } = await facemorph(['edit', photo, ...set, '-o', out]);
      expect([code, stderr]).toEqual([0, '']);
      const tags = readTags(out);
      expect(tags).toMatchObject({
        'IFD0:Make': 'Maker',
        'IFD0:Model': 'Phone 9',
        'IFD0:Artist': 'Somebody',
        'IFD0:Copyright': 'Hers',
        'IFD0:Orientation': 1,
        'ExifIFD:DateTimeOriginal': '2026:11:25 10:00:00',
        'ExifIFD:ExposureTime': 0.004,
        'ExifIFD:ISO': 200,
        'ExifIFD:LensModel': 'Wide',
        'ICC_Profile:ProfileDescription': readTags(photo)['ICC_Profile:ProfileDescription'],
        'XMP-iptcExt:DigitalSourceType': expect.stringContaining('compositeWithTrained'),
      });
      const told = JSON.stringify(tags);
      expect(told).not.toMatch(/GPS|Thumbnail|S123|L456|Owner|private|Warning|Error/);
    },
  );

  it('pixels outside the edit keep the numbers of the file', async () => {
    const [before, after] = [await numbers(photo), await numbers(join(folder, 'kept.png'))];
    expect(after.length).toBe(before.length);
    const row = 512 * 3;
    // The face's frame does not reach the corners of this portrait.
    expect(after.subarray(0, row).equals(before.subarray(0, row))).toBe(true);
    expect(after.equals(before)).toBe(false);
    const same = before.reduce((sum, value, i) => sum + (value === after[i] ? 1 : 0), 0);
    expect(same / before.length).toBeGreaterThan(0.3);
  });

  it('nothing of it without being asked', async () => {
    const out = join(folder, 'stripped.jpg');
    await facemorph(['edit', photo, '--set', 'smiling=1', '--quiet', '-o', out]);
    expect(Object.keys(readTags(out)).filter((tag) => /IFD|GPS|ICC_Profile/.test(tag))).toEqual([]);
  });
});
