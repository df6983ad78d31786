import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withProvenance } from '@facemorph/core';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { facemorph, temporaryFolder } from './command-line.js';

const exiftool = process.env.FACEMORPH_EXIFTOOL ?? 'exiftool';
const missing = spawnSync(exiftool, ['-ver']).error !== undefined;
if (missing) {
  console.warn('!!! exiftool is not installed (libimage-exiftool-perl): provenance is not tested');
}

const TERMS = 'http://cv.iptc.org/newscodes/digitalsourcetype/';
const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const face = at('face-1.png');
const latent = at('face.json');

/** What exiftool reads of a file's origin, and its complaints. */
function readTags(path: string): Record<string, unknown> {
  const tags = ['-XMP-iptcExt:DigitalSourceType', '-Warning', '-Error', '-validate'];
  const { stdout } = spawnSync(exiftool, ['-j', '-n', ...tags, path], { encoding: 'utf8' });
  const [{ SourceFile: _, ...rest }] = JSON.parse(stdout);
  return rest;
}

async function write(...args: string[]): Promise<void> {
  const { code, stderr } = await facemorph([...args, '--quiet']);
  expect([code, stderr]).toEqual([0, '']);
}

describe.skipIf(missing)('exiftool reads in what the command writes', () => {
  beforeAll(async () => {
    await write('sample', '-n', '1', '--seed', '3', '-o', `${folder}/`);
    await write('encode', face, '--aligned', '-o', latent);
  });

  it.each(['png', 'jpg', 'webp', 'avif'])(
    'an edited photo is a composite, a decoded face is generated: .%s',
    async (extension) => {
      const [edited, decoded] = [at(`edited.${extension}`), at(`decoded.${extension}`)];
      await write('edit', face, '--aligned', '--set', 'smiling=1', '-o', edited);
      await write('decode', latent, '-o', decoded);
      expect(readTags(edited)).toMatchObject({
        DigitalSourceType: `${TERMS}compositeWithTrainedAlgorithmicMedia`,
      });
      expect(readTags(decoded)).toMatchObject({
        DigitalSourceType: `${TERMS}trainedAlgorithmicMedia`,
      });
      expect(readTags(edited)).not.toHaveProperty('Error');
      expect(readTags(edited)).not.toHaveProperty('Warning');
    },
  );

  it('sampled faces, sheets and animations are generated', async () => {
    const morphed = ['morph', face, face, '--aligned', '-n', '3'];
    await write('sample', '-n', '2', '-o', at('sheet.webp'));
    await write(...morphed, '-o', at('m.gif'), '--sheet', at('m.png'));
    await write(...morphed, '-o', at('frames/'));
    for (const path of [
      face,
      at('sheet.webp'),
      at('m.gif'),
      at('m.png'),
      at('frames/frame-1.png'),
    ]) {
      const tags = readTags(path);
      expect(tags).toMatchObject({ DigitalSourceType: `${TERMS}trainedAlgorithmicMedia` });
      expect(tags).not.toHaveProperty('Warning');
    }
  });

  it('videos, whose mark is in a box of its own', async () => {
    const box = (name: string, body: Buffer): Buffer => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(8 + body.length);
      head.write(name, 4, 'latin1');
      return Buffer.concat([head, body]);
    };
    const video = Buffer.concat([
      box('ftyp', Buffer.from('isom\0\0\0\0isom', 'latin1')),
      box('moov', box('mvhd', Buffer.alloc(100))),
      box('mdat', Buffer.alloc(50)),
    ]);
    writeFileSync(at('v.mp4'), await withProvenance(video, 'video/mp4', 'edited'));
    expect(readTags(at('v.mp4'))).toMatchObject({
      DigitalSourceType: `${TERMS}compositeWithTrainedAlgorithmicMedia`,
    });
  });

  it('nothing of where and with what a photo was taken', async () => {
    const secret = at('secret.jpg');
    await sharp(face).jpeg().toFile(secret);
    const tags = ['-GPSLatitude=51.5', '-GPSLatitudeRef=N', '-SerialNumber=12345'];
    const camera = ['-Make=Maker', '-Model=Phone'];
    spawnSync(exiftool, ['-q', '-overwrite_original', ...tags, ...camera, secret]);
    const found = (path: string): string =>
      spawnSync(exiftool, ['-a', '-s', '-GPS:all', '-SerialNumber', '-Make', '-Model', path], {
        encoding: 'utf8',
      }).stdout;
    expect(found(secret)).toMatch(/GPSLatitude [\s\S]*SerialNumber[\s\S]*Model/);
    for (const extension of ['png', 'jpg', 'webp', 'avif']) {
      const out = at(`open.${extension}`);
      await write('edit', secret, '--aligned', '--set', 'smiling=1', '-o', out);
      expect(found(out)).toBe('');
    }
  });

  it('nothing with --no-provenance', async () => {
    const off = '--no-provenance';
    await write('sample', '-n', '1', off, '-o', at('plain.png'));
    await write('edit', face, '--aligned', '--set', 'smiling=1', off, '-o', at('plain.jpg'));
    await write('decode', latent, off, '-o', at('plain.webp'));
    await write('morph', face, face, '--aligned', '-n', '2', off, '-o', at('plain.gif'));
    await write('decode', latent, off, '-o', at('plain.avif'));
    for (const extension of ['png', 'jpg', 'webp', 'avif', 'gif']) {
      expect(readTags(at(`plain.${extension}`))).not.toHaveProperty('DigitalSourceType');
    }
  });
});
