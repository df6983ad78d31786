import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveCore } from '../../scripts/lib/core-server.mjs';
import { launchChromium, withoutBrowser } from './support/chromium.js';
import { openCorePage } from './support/core-page.js';

interface PageGlobals {
  readonly core: Promise<typeof import('@facemorph/core/browser')>;
  readonly testing: Promise<typeof import('@facemorph/core/testing')>;
}

const exiftool = process.env.FACEMORPH_EXIFTOOL ?? 'exiftool';
const unread = spawnSync(exiftool, ['-ver']).error !== undefined;
if (unread && !withoutBrowser) {
  console.warn('!!! exiftool is not installed: the files that Chromium writes are not read');
}
const TERMS = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

describe.skipIf(withoutBrowser || unread)('files that Chromium writes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'facemorph-provenance-'));
  let server: Awaited<ReturnType<typeof serveCore>>;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = await serveCore();
    browser = await launchChromium();
    page = await openCorePage(browser, server.url);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** All that exiftool reads in a picture, by `Group:Tag`. */
  function tagsOf(base64: string, name: string): Record<string, unknown> {
    const path = join(folder, name);
    writeFileSync(path, Buffer.from(base64, 'base64'));
    const { stdout } = spawnSync(exiftool, ['-j', '-n', '-G1', path], { encoding: 'utf8' });
    return JSON.parse(stdout)[0];
  }

  /** A photo as a phone takes it: with a place and the number of the device. */
  async function photoWithSecrets(): Promise<string> {
    const photo = sharp({
      create: { width: 200, height: 200, channels: 3, background: '#c89678' },
    });
    const bytes = await photo
      .withExif({
        IFD0: { Make: 'Maker', Model: 'Phone' },
        IFD2: { BodySerialNumber: '12345', CameraOwnerName: 'Somebody' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' },
      })
      .jpeg()
      .toBuffer();
    return bytes.toString('base64');
  }

  /** Opens the photo, edits it and writes it in each format, with and without the mark. */
  async function written(photo: string): Promise<Record<string, string>> {
    return page.evaluate(async (base64) => {
      const { core, testing } = globalThis as unknown as PageGlobals;
      const [{ FaceMorph }, { createFakeBackend, createFakeModel }] = await Promise.all([
        core,
        testing,
      ]);
      const fm = await FaceMorph.load({
        model: await createFakeModel(),
        backend: createFakeBackend(),
      });
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const { face } = await fm.open(bytes, { aligned: true });
      const [generated] = await fm.sample();
      const faces = {
        edited: await face.edit({ smiling: 1 }),
        generated: await (generated as typeof face).edit({ smiling: 1 }),
      };
      const files: Record<string, string> = {};
      for (const [kind, edited] of Object.entries(faces)) {
        for (const format of ['png', 'jpeg', 'webp'] as const) {
          for (const options of [{}, { provenance: false } as const]) {
            const file = await edited.encode({ type: `image/${format}`, ...options });
            const letters = Array.from(file, (byte) => String.fromCharCode(byte)).join('');
            files[`${kind}${'provenance' in options ? '-plain' : ''}.${format}`] = btoa(letters);
          }
        }
      }
      await fm.dispose();
      return files;
    }, photo);
  }

  test('say what made them unless told not to, and nothing of who took the photo', async () => {
    const photo = await photoWithSecrets();
    const secrets = /GPS|Serial|Owner|:Make$|:Model$/;
    expect(
      Object.keys(tagsOf(photo, 'photo.jpg')).filter((tag) => secrets.test(tag)).length,
    ).toBeGreaterThan(3);
    const files = await written(photo);
    expect(Object.keys(files)).toHaveLength(12);
    for (const [name, base64] of Object.entries(files)) {
      const tags = tagsOf(base64, name);
      const source = tags['XMP-iptcExt:DigitalSourceType'];
      const term = name.startsWith('edited')
        ? 'compositeWithTrainedAlgorithmicMedia'
        : 'trainedAlgorithmicMedia';
      expect([name, source]).toEqual([name, name.includes('plain') ? undefined : TERMS + term]);
      expect([name, ...Object.keys(tags).filter((tag) => secrets.test(tag))]).toEqual([name]);
      expect(tags).not.toHaveProperty('ExifTool:Warning');
    }
  });
});
