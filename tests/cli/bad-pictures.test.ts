import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, facemorph, temporaryFolder } from './command-line.js';

const folder = temporaryFolder();
const face = join(folder, 'face-1.png');
const out = join(folder, 'out.png');

beforeAll(async () => {
  const { code } = await facemorph(['sample', '--count', '1', '--seed', '5', '-o', `${folder}/`]);
  expect(code).toBe(0);
});

/** Edits a picture that must be refused, and checks that nothing was written. */
async function refuse(name: string, bytes: Uint8Array | undefined, message: RegExp): Promise<void> {
  const path = join(folder, name);
  if (bytes) writeFileSync(path, bytes);
  const before = readdirSync(folder);
  const outcome = await facemorph(['edit', path, '--aligned', '--set', 'smiling=2', '-o', out]);
  expectRefusal(outcome, 1, message);
  expect(outcome.stderr).toContain(name);
  expect(readdirSync(folder)).toEqual(before);
}

describe('a picture that cannot be used is refused in one line and leaves no output', () => {
  it('a missing file', () => refuse('missing.jpg', undefined, /no file|not found|does not exist/i));

  it('a text file named .jpg', () =>
    refuse('text.jpg', Buffer.from('This is not a picture.\n'.repeat(50)), /not a picture/i));

  it('an empty file', () => refuse('empty.png', Buffer.alloc(0), /empty/i));

  it('a picture of one pixel', async () =>
    refuse('dot.png', await solid(1, 1).png().toBuffer(), /1x1.*too small/i));

  it('a header that announces 20000x20000 px', () =>
    refuse('huge.png', pngHeader(20_000, 20_000), /20000x20000/));

  it('a truncated JPEG', async () => {
    const whole = await sharp(face).resize(512).jpeg().toBuffer();
    await refuse(
      'cut.jpg',
      whole.subarray(0, whole.length / 3),
      /truncated|cut|damaged|incomplete/i,
    );
  });

  it('a folder', async () => {
    const outcome = await facemorph(['edit', folder, '--aligned', '--set', 'smiling=2', '-o', out]);
    expectRefusal(outcome, 1, /folder|directory|cannot be read/i);
  });

  it('a photo without a face', async () => {
    const blank = join(folder, 'blank.png');
    await sharp({ create: { width: 300, height: 200, channels: 3, background: '#888' } })
      .png()
      .toFile(blank);
    const outcome = await facemorph(['edit', blank, '--set', 'smiling=2', '-o', out]);
    expectRefusal(outcome, 1, /face.*--aligned/);
  });
});

describe('an unusual picture is converted', () => {
  const variants: [string, () => Promise<Buffer>][] = [
    ['cmyk.jpg', () => sharp(face).toColourspace('cmyk').jpeg().toBuffer()],
    ['grey.png', () => sharp(face).toColourspace('b-w').png().toBuffer()],
    ['deep.png', () => sharp(face).toColourspace('rgb16').png().toBuffer()],
    ['alpha.png', () => sharp(face).ensureAlpha(0.5).png().toBuffer()],
    ['palette.png', () => sharp(face).png({ palette: true, colours: 32 }).toBuffer()],
    ['wide.webp', () => sharp(face).resize(400, 150, { fit: 'fill' }).webp().toBuffer()],
  ];

  it.each(variants)('%s', async (name, make) => {
    const path = join(folder, name);
    const output = join(folder, `${name}.out.png`);
    writeFileSync(path, await make());
    const outcome = await facemorph(['edit', path, '--aligned', '-s', 'smiling=1', '-o', output]);
    expect(outcome.stderr).toBe(`wrote ${output}\n`);
    expect(outcome.code).toBe(0);
    const { width, height, space } = await sharp(readFileSync(output)).metadata();
    const input = await sharp(path).metadata();
    expect({ width, height, space }).toEqual({
      width: input.width,
      height: input.height,
      space: 'srgb',
    });
    expect((await sharp(output).stats()).isOpaque).toBe((await sharp(path).stats()).isOpaque);
  });
});

function solid(width: number, height: number): Sharp {
  return sharp({ create: { width, height, channels: 3, background: '#c08060' } });
}

/** The start of a PNG file: signature, header, and no picture. */
function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', Buffer.alloc(64))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
