import type { Browser, Page } from 'playwright-core';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveCore } from '../../scripts/lib/core-server.mjs';
import { launchChromium, withoutBrowser } from './support/chromium.js';
import { openCorePage } from './support/core-page.js';

type Core = typeof import('@facemorph/core/browser');

/** What the page of `serveCore`, and `openPage` below, put there. */
interface PageGlobals {
  readonly core: Promise<Core>;
  readonly testing: Promise<typeof import('@facemorph/core/testing')>;
}

describe.skipIf(withoutBrowser)('core in Chromium', () => {
  let server: Awaited<ReturnType<typeof serveCore>>;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = await serveCore();
    browser = await launchChromium();
    page = await openPage();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const openPage = (): Promise<Page> => openCorePage(browser, server.url);

  test('the Worker keeps the backend contract', async () => {
    const failures = await page.evaluate(async () => {
      const { core, testing } = globalThis as unknown as PageGlobals;
      const [{ createBrowserBackend }, { backendContract }] = await Promise.all([core, testing]);
      const failed: string[] = [];
      for (const { name, run } of backendContract) {
        await run(() => createBrowserBackend()).catch((e: Error) =>
          failed.push(`${name}: ${e.message}`),
        );
      }
      return failed;
    });
    expect(failures).toEqual([]);
  });

  test('without WebGPU, wasm takes its place and the reason is told', async () => {
    const result = await page.evaluate(async () => {
      const { createBrowserBackend } = await (globalThis as unknown as PageGlobals).core;
      const fallbacks: unknown[] = [];
      const onFallback = (fallback: unknown): void => void fallbacks.push(fallback);
      const backend = await createBrowserBackend({ backend: 'webgpu', onFallback });
      await backend.dispose();
      return { name: backend.name, fallbacks };
    });
    expect(result).toEqual({
      name: 'wasm',
      fallbacks: [{ from: 'webgpu', to: 'wasm', reason: expect.stringContaining('WebGPU') }],
    });
  });

  test('a wasm file that is not where wasmPaths says is explained', async () => {
    const opened = await openPage();
    const error = await opened.evaluate(async () => {
      const { FaceMorph } = await (globalThis as unknown as PageGlobals).core;
      const wasmPaths = { wasm: '/missing.wasm' };
      return FaceMorph.load({ model: '/model/', cache: false, wasmPaths }).then(
        () => undefined,
        (e) => ({ code: e.code, hint: e.hint }),
      );
    });
    expect(error).toEqual({
      code: 'BACKEND_UNAVAILABLE',
      hint: expect.stringMatching(/wasmPaths/),
    });
    await opened.close();
  });

  test('the model is kept in the Cache API, and a corrupt entry is replaced', async () => {
    const requests: string[] = [];
    const opened = await openPage();
    opened.on('request', (request) => requests.push(new URL(request.url()).pathname));
    const hash = await opened.evaluate(async () => {
      const { FaceMorph } = await (globalThis as unknown as PageGlobals).core;
      const load = async () => (await FaceMorph.load({ model: '/model/' })).dispose();
      await load();
      await load();
      const cache = await caches.open('facemorph-models');
      for (const key of await cache.keys()) await cache.put(key, new Response('corrupt'));
      await load();
      const kept = await cache.match((await cache.keys())[0] as globalThis.Request);
      const bytes = await (kept as globalThis.Response).arrayBuffer();
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
      return (await cache.keys())[0]?.url.endsWith(hex);
    });
    expect(hash).toBe(true);
    expect(requests.filter((path) => path.endsWith('decoder.onnx'))).toHaveLength(2);
    await opened.close();
  });

  describe('pictures', () => {
    const upright = (): Sharp =>
      sharp({ create: { width: 8, height: 4, channels: 3, background: '#c8281e' } }).composite([
        {
          input: { create: { width: 4, height: 2, channels: 3, background: '#1e28c8' } },
          left: 4,
          top: 0,
        },
      ]);
    /** The corner at the top right, which tells how the picture is turned, and the one below left. */
    const corners = { topRight: [30, 40, 200, 255], bottomLeft: [200, 40, 30, 255] };

    async function decode(bytes: Buffer): Promise<{
      readonly size?: string;
      readonly topRight?: number[];
      readonly bottomLeft?: number[];
      readonly code?: string;
    }> {
      return page.evaluate(async (base64) => {
        const { decodeImage } = await (globalThis as unknown as PageGlobals).core;
        const data = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        try {
          const { width, height, data: rgba } = await decodeImage(new Blob([data]));
          const last = (height - 1) * width * 4;
          return {
            size: `${width}x${height}`,
            topRight: [...rgba.subarray((width - 1) * 4, width * 4)],
            bottomLeft: [...rgba.subarray(last, last + 4)],
          };
        } catch (error) {
          return { code: (error as { code?: string }).code ?? String(error) };
        }
      }, bytes.toString('base64'));
    }

    const near = (actual: readonly number[] | undefined, wanted: readonly number[]): number =>
      Math.max(...wanted.map((value, i) => Math.abs(value - (actual?.[i] ?? 999))));

    test.each<[string, (picture: Sharp) => Sharp, number]>([
      ['png', (p) => p.png(), 0],
      ['jpeg', (p) => p.jpeg({ quality: 100, chromaSubsampling: '4:4:4' }), 6],
      ['webp', (p) => p.webp({ lossless: true }), 0],
      ['16-bit png', (p) => p.toColourspace('rgb16').png(), 1],
      [
        'CMYK jpeg',
        (p) => p.toColourspace('cmyk').jpeg({ quality: 100, chromaSubsampling: '4:4:4' }),
        60,
      ],
      ['avif', (p) => p.avif({ quality: 95, chromaSubsampling: '4:4:4' }), 30],
      ['gif', (p) => p.gif(), 6],
      ['Display P3 png', (p) => p.withIccProfile('p3').png(), 6],
    ])('%s', async (_, encode, tolerance) => {
      const flat = sharp(await upright().png().toBuffer());
      const result = await decode(await encode(flat).toBuffer());
      expect(result.size).toBe('8x4');
      expect(near(result.topRight, corners.topRight)).toBeLessThanOrEqual(tolerance);
      expect(near(result.bottomLeft, corners.bottomLeft)).toBeLessThanOrEqual(tolerance);
    });

    test('keep what is transparent', async () => {
      const flat = await upright().png().toBuffer();
      const glass = await sharp(flat).removeAlpha().ensureAlpha(0.5).png().toBuffer();
      const result = await decode(glass);
      expect(near(result.topRight, [...corners.topRight.slice(0, 3), 128])).toBeLessThanOrEqual(2);
    });

    test('are whole where they are read in several strips', async () => {
      const flat = await upright().png().toBuffer();
      const tall = await sharp(flat).resize(8, 1000, { fit: 'fill', kernel: 'nearest' }).toBuffer();
      const glass = await sharp(tall).removeAlpha().ensureAlpha(0.5).png().toBuffer();
      const result = await decode(glass);
      expect(result.size).toBe('8x1000');
      // Twice as opaque if a strip were drawn over the one before it.
      const half = (colour: readonly number[]): number[] => [...colour.slice(0, 3), 128];
      expect(near(result.topRight, half(corners.topRight))).toBeLessThanOrEqual(2);
      expect(near(result.bottomLeft, half(corners.bottomLeft))).toBeLessThanOrEqual(2);
    });

    describe('that are large', () => {
      /** Decodes and encodes a picture of 1500x1000 px on a page of its own. */
      async function roundTrip(prepare: (opened: Page) => Promise<unknown>): Promise<{
        readonly workers: readonly string[];
        readonly size: string;
        readonly sameAsDrawn: boolean;
        readonly file: string;
        readonly refused: string;
      }> {
        const opened = await openPage();
        const workers: string[] = [];
        opened.on('worker', (worker) => workers.push(new URL(worker.url()).pathname));
        await prepare(opened);
        const result = await opened.evaluate(async () => {
          const { decodeImage, encodeImage } = await (globalThis as unknown as PageGlobals).core;
          const canvas = new OffscreenCanvas(1500, 1000);
          const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
          for (let y = 0; y < 1000; y += 10) {
            context.fillStyle = `rgb(${y % 256} ${(y * 7) % 256} 90)`;
            context.fillRect(y, y, 700, 10);
          }
          const drawn = context.getImageData(0, 0, 1500, 1000);
          const pixels = await decodeImage(await canvas.convertToBlob());
          const sameAsDrawn = pixels.data.every((value, i) => value === drawn.data[i]);
          const jpeg = await encodeImage(pixels, { type: 'image/jpeg' });
          const again = await decodeImage(new Blob([new Uint8Array(jpeg)]));
          const file = `${jpeg[0]} ${jpeg[1]} ${again.width}x${again.height}`;
          const broken = new Blob([new Uint8Array(jpeg).slice(0, 300)]);
          const refused = await decodeImage(broken).then(
            () => 'decoded',
            (e: { code: string }) => e.code,
          );
          return { size: `${pixels.width}x${pixels.height}`, sameAsDrawn, file, refused };
        });
        await opened.close();
        return { workers, ...result };
      }
      const whole = { size: '1500x1000', sameAsDrawn: true, file: '255 216 1500x1000' };

      test('are decoded and encoded in a Worker', async () => {
        const result = await roundTrip(async () => undefined);
        expect(result).toMatchObject({ ...whole, refused: 'IMAGE_INVALID' });
        expect(result.workers).toEqual(Array(4).fill('/core/picture-worker.js'));
      });

      test('are done by the page where the Worker cannot be loaded', async () => {
        const result = await roundTrip((opened) =>
          opened.route('**/picture-worker.js', (route) => route.abort()),
        );
        expect(result).toMatchObject({ ...whole, refused: 'IMAGE_INVALID' });
      });
    });

    test('are turned by their EXIF, once', async () => {
      const flat = await upright().png().toBuffer();
      const stored = await sharp(flat).rotate(-90).toBuffer();
      const jpeg = sharp(stored).withMetadata({ orientation: 6 }).jpeg({ quality: 100 });
      const result = await decode(await jpeg.toBuffer());
      expect(result.size).toBe('8x4');
      expect(near(result.topRight, corners.topRight)).toBeLessThan(60);
    });

    test('that cannot be read are refused by code', async () => {
      const jpeg = await upright().resize(300, 300).jpeg().toBuffer();
      expect(await decode(Buffer.alloc(0))).toEqual({ code: 'IMAGE_INVALID' });
      expect(await decode(Buffer.from('words, words, words'))).toEqual({ code: 'IMAGE_INVALID' });
      expect(await decode(jpeg.subarray(0, 40))).toEqual({ code: 'IMAGE_INVALID' });
      const huge = await upright().png().toBuffer();
      huge.writeUInt32BE(20_000, 16);
      huge.writeUInt32BE(20_000, 20);
      expect(await decode(huge)).toEqual({ code: 'IMAGE_TOO_LARGE' });
    });

    test('keep camera and author, never the place, and no profile that is not theirs', async () => {
      const photo = await upright()
        .resize(64, 32)
        .withIccProfile('p3')
        .withExif({
          IFD0: { Make: 'Maker', Artist: 'Somebody' },
          IFD2: { BodySerialNumber: '12345' },
          IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' },
        })
        .jpeg()
        .toBuffer();
      const { icc: profile } = await sharp(photo).metadata();
      expect(profile).toBeDefined();
      for (const type of ['image/jpeg', 'image/png', 'image/webp'] as const) {
        const { saved, refused } = await page.evaluate(
          async ([base64, type]) => {
            const { decodeImage, encodeImage } = await (globalThis as unknown as PageGlobals).core;
            const data = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
            const pixels = await decodeImage(new Blob([data]));
            const bytes = await encodeImage(pixels, { type, metadata: 'keep' });
            const refused = await encodeImage(pixels, { type, colorProfile: 'keep' }).then(
              () => 'written',
              (e: { code: string }) => e.code,
            );
            return { saved: [...bytes], refused };
          },
          [photo.toString('base64'), type] as const,
        );
        const file = sharp(Uint8Array.from(saved), { failOn: 'warning' });
        const { exif, width, icc } = await file.metadata();
        const text = exif?.toString('latin1') ?? '';
        expect([type, width]).toEqual([type, 64]);
        // Chromium may say sRGB in a profile of its own.
        expect(icc?.equals(profile as Buffer)).not.toBe(true);
        for (const kept of ['Maker', 'Somebody']) expect(text).toContain(kept);
        for (const gone of ['12345', String.fromCharCode(51, 0, 0, 0, 1, 0, 0, 0, 30)]) {
          expect(text).not.toContain(gone);
        }
        expect(refused).toBe('IMAGE_UNSUPPORTED');
        await file.raw().toBuffer();
      }
    });

    test('come from everything that a page has', async () => {
      const results = await page.evaluate(async () => {
        const { decodeImage, encodeImage } = await (globalThis as unknown as PageGlobals).core;
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [3, 2];
        const context = canvas.getContext('2d') as CanvasRenderingContext2D;
        context.fillStyle = '#0a141e';
        context.fillRect(0, 0, 3, 2);
        const image = new Image();
        image.src = canvas.toDataURL();
        const blob = await (await fetch(image.src)).blob();
        const offscreen = new OffscreenCanvas(3, 2);
        offscreen.getContext('2d')?.drawImage(canvas, 0, 0);
        const pixels = context.getImageData(0, 0, 3, 2);
        const inputs: Record<string, unknown> = {
          canvas,
          image,
          blob,
          offscreen,
          file: new File([blob], 'a.png'),
          url: image.src,
          objectUrl: new URL(URL.createObjectURL(blob)),
          bitmap: await createImageBitmap(canvas),
          frame: new VideoFrame(canvas, { timestamp: 0 }),
          imageData: pixels,
          pixels: { width: 3, height: 2, data: pixels.data },
          bytes: await encodeImage(pixels, { type: 'image/png' }),
        };
        const decoded: Record<string, string> = {};
        for (const [name, input] of Object.entries(inputs)) {
          const { width, height, data } = await decodeImage(input);
          decoded[name] = `${width}x${height} ${data.subarray(20)}`;
        }
        const refusals = [5, null, {}, '', document.createElement('video'), '/missing.png'];
        const codes = await Promise.all(
          refusals.map((input) => decodeImage(input).catch((e: { code: string }) => e.code)),
        );
        return { decoded, codes };
      });
      for (const [name, shown] of Object.entries(results.decoded)) {
        expect(`${name}: ${shown}`).toBe(`${name}: 3x2 10,20,30,255`);
      }
      expect(results.codes).toEqual([
        ...Array(4).fill('ARGUMENT_INVALID'),
        'IMAGE_INVALID',
        'IMAGE_NOT_FOUND',
      ]);
    });
  });
});
