import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeImage, encodeImage } from './codec.node.js';
import type { Pixels } from './pixels.js';

const RED = { r: 200, g: 40, b: 30 };
const solid = (width = 40, height = 20): Sharp =>
  sharp({ create: { width, height, channels: 3, background: RED } });

const pixelAt = ({ width, data }: Pixels, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facemorph-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('where a picture may come from', () => {
  test('path, file URL, data URL, Buffer, ArrayBuffer, Blob', async () => {
    const bytes = await solid().png().toBuffer();
    const path = join(folder, 'ä picture.png');
    await writeFile(path, bytes);
    const inputs = [
      path,
      pathToFileURL(path),
      pathToFileURL(path).href,
      `data:image/png;base64,${bytes.toString('base64')}`,
      bytes,
      new Uint8Array(bytes).buffer,
      new Blob([new Uint8Array(bytes)]),
    ];
    for (const input of inputs) {
      const pixels = await decodeImage(input);
      expect([pixels.width, pixels.height]).toEqual([40, 20]);
      expect(pixelAt(pixels, 39, 19)).toEqual([200, 40, 30, 255]);
    }
  });

  test('pixels are checked and passed on', async () => {
    const pixels = { width: 1, height: 1, data: new Uint8ClampedArray(4) };
    expect(await decodeImage(pixels)).toBe(pixels);
    await expect(decodeImage({ ...pixels, width: 2 })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
  });

  test.each(['file:///a%2Fb.png', 'file:///%00.png', 'file://%'])(
    'no file has the address %s',
    async (url) => {
      await expect(decodeImage(url)).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    },
  );

  test.each([undefined, null, 5, '', {}, []])('not %j', async (input) => {
    await expect(decodeImage(input)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });
});

describe('pictures of every kind become sRGB with alpha', () => {
  test.each<[string, () => Sharp, number]>([
    ['jpeg', () => solid().jpeg({ quality: 100 }), 4],
    ['progressive jpeg', () => solid().jpeg({ quality: 100, progressive: true }), 4],
    ['webp', () => solid().webp({ lossless: true }), 0],
    ['gif', () => solid().gif(), 4],
    ['tiff', () => solid().tiff({ compression: 'none' }), 0],
    ['avif', () => solid().avif({ quality: 90 }), 8],
    ['palette png', () => solid().png({ palette: true }), 0],
    ['16-bit png', () => solid().toColourspace('rgb16').png(), 0],
    ['Display P3 png', () => solid().withIccProfile('p3').png(), 3],
    ['CMYK jpeg', () => solid().toColourspace('cmyk').jpeg({ quality: 100 }), 30],
    ['CMYK jpeg with profile', () => solid().withIccProfile('cmyk').jpeg({ quality: 100 }), 30],
  ])('%s', async (_, encode, tolerance) => {
    const pixels = await decodeImage(await encode().toBuffer());
    expect([pixels.width, pixels.height]).toEqual([40, 20]);
    expect(pixels.data).toHaveLength(40 * 20 * 4);
    const difference = pixelAt(pixels, 20, 10).map((v, i) =>
      Math.abs(v - ([200, 40, 30, 255][i] ?? 0)),
    );
    expect(Math.max(...difference)).toBeLessThanOrEqual(tolerance);
  });

  test.each<[string, () => Sharp]>([
    ['grey jpeg', () => solid().greyscale().jpeg({ quality: 100 })],
    ['grey png', () => solid().greyscale().png()],
    ['16-bit grey png', () => solid().toColourspace('grey16').png()],
  ])('%s', async (_, encode) => {
    const pixels = await decodeImage(await encode().toBuffer());
    const [r = 0, g, b, a] = pixelAt(pixels, 20, 10);
    expect([g, b, a]).toEqual([r, r, 255]);
    expect(r).toBeGreaterThan(60);
    expect(r).toBeLessThan(130);
  });

  test('grey with alpha keeps its alpha', async () => {
    const bytes = await solid().greyscale().ensureAlpha(0.5).png().toBuffer();
    expect(pixelAt(await decodeImage(bytes), 0, 0)[3]).toBeCloseTo(128, -0.5);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('EXIF orientation %i is applied', async (orientation) => {
    // A picture that shows red at its top left once it is upright.
    const upright = await solid(8, 4)
      .composite([
        {
          input: { create: { width: 4, height: 4, channels: 3, background: '#00f' } },
          left: 4,
          top: 0,
        },
      ])
      .composite([
        {
          input: { create: { width: 4, height: 2, channels: 3, background: '#0f0' } },
          left: 4,
          top: 0,
        },
      ])
      .png()
      .toBuffer();
    // The inverse of what each orientation asks for: first turned, then mirrored.
    const [angle = 0, mirrored] = (
      [
        [0, false],
        [0, true],
        [180, false],
        [180, true],
        [90, true],
        [-90, false],
        [-90, true],
        [90, false],
      ] as const
    )[orientation - 1] as readonly [number, boolean];
    const turned = await sharp(upright).rotate(angle).toBuffer();
    const stored = await sharp(turned).flop(mirrored).toBuffer();
    const bytes = await sharp(stored).withMetadata({ orientation }).png().toBuffer();
    const pixels = await decodeImage(bytes);
    expect([pixels.width, pixels.height]).toEqual([8, 4]);
    expect(pixels.data).toEqual((await decodeImage(upright)).data);
  });
});

describe('what is refused', () => {
  const refuse = (input: unknown, code: string, message: RegExp): Promise<void> =>
    expect(decodeImage(input)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/./),
    });

  test('a file that is missing, a folder, an empty and a text file', async () => {
    await refuse(join(folder, 'missing.jpg'), 'IMAGE_NOT_FOUND', /no file/);
    await refuse(folder, 'IMAGE_NOT_FOUND', /folder/);
    const empty = join(folder, 'empty.jpg');
    await writeFile(empty, '');
    await refuse(empty, 'IMAGE_INVALID', /empty/);
    const text = join(folder, 'text.jpg');
    await writeFile(text, 'These are words.\n'.repeat(50));
    await refuse(text, 'IMAGE_INVALID', /not a picture/);
  });

  test('truncated pictures', async () => {
    const noise = {
      width: 200,
      height: 200,
      channels: 3 as const,
      noise: { type: 'gaussian' as const, mean: 128, sigma: 40 },
    };
    for (const image of [sharp({ create: { ...noise, background: RED } })]) {
      for (const bytes of [await image.jpeg().toBuffer(), await image.png().toBuffer()]) {
        await refuse(bytes.subarray(0, bytes.length / 2), 'IMAGE_INVALID', /not a picture/);
        await refuse(bytes.subarray(0, 30), 'IMAGE_INVALID', /not a picture/);
      }
    }
  });

  test('SVG, which is a program and not a photo', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
    await refuse(Buffer.from(svg), 'IMAGE_INVALID', /not a picture/);
  });

  test('a header of 20000x20000, without decoding it', async () => {
    const start = performance.now();
    await refuse(hugePng(20_000, 20_000), 'IMAGE_TOO_LARGE', /20000x20000/);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('a URL that cannot be fetched', async () => {
    await refuse('http://127.0.0.1:9/face.jpg', 'IMAGE_NOT_FOUND', /fetch/);
    const signal = AbortSignal.abort();
    await expect(decodeImage('x.jpg', { signal })).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

describe('writing', () => {
  const pixels: Pixels = {
    width: 2,
    height: 1,
    data: Uint8ClampedArray.of(10, 20, 30, 255, 200, 100, 50, 128),
  };

  test('PNG keeps every byte, the same each time', async () => {
    const bytes = await encodeImage(pixels, { type: 'image/png' });
    expect(await encodeImage(pixels, {})).toEqual(bytes);
    expect((await decodeImage(bytes)).data).toEqual(pixels.data);
  });

  test('JPEG puts transparency on white, WebP keeps it', async () => {
    const jpeg = await encodeImage(pixels, { type: 'image/jpeg', quality: 1 });
    expect((await sharp(jpeg).metadata()).format).toBe('jpeg');
    const clear = { width: 8, height: 8, data: new Uint8ClampedArray(256) };
    const white = await decodeImage(await encodeImage(clear, { type: 'image/jpeg' }));
    expect(pixelAt(white, 3, 3)).toEqual([255, 255, 255, 255]);
    const webp = await decodeImage(await encodeImage(clear, { type: 'image/webp' }));
    expect(pixelAt(webp, 3, 3)[3]).toBe(0);
  });

  test('a picture too large for the format', async () => {
    const wide = { width: 70_000, height: 1, data: new Uint8ClampedArray(280_000) };
    await expect(encodeImage(wide, { type: 'image/jpeg' })).rejects.toMatchObject({
      code: 'IMAGE_UNSUPPORTED',
    });
  });
});

/** A PNG that claims a size and holds next to nothing. */
function hugePng(width: number, height: number): Buffer {
  const chunk = (type: string, body: Buffer): Buffer => {
    const data = Buffer.concat([Buffer.from(type), body]);
    const framed = Buffer.alloc(data.length + 8);
    framed.writeUInt32BE(body.length);
    data.copy(framed, 4);
    framed.writeUInt32BE(crc32(data), data.length + 4);
    return framed;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(100))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
