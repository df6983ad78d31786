import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveCore } from '../../scripts/lib/core-server.mjs';
import { launchChromium, withoutBrowser } from './support/chromium.js';
import { openCorePage } from './support/core-page.js';

interface PageGlobals {
  readonly core: Promise<typeof import('@facemorph/core/browser')>;
}

const exiftool = process.env.FACEMORPH_EXIFTOOL ?? 'exiftool';
const unread = spawnSync(exiftool, ['-ver']).error !== undefined;
if (unread && !withoutBrowser) {
  console.warn('!!! exiftool is not installed: the files that Chromium writes are not read');
}
/** A portrait in the public domain; see tests/fixtures/README.md. */
const PORTRAIT = fileURLToPath(new URL('../fixtures/portrait.jpg', import.meta.url));
/** Where a camera and its programs write who, where and with what; `keep` may leave the first two of them. */
const WRITTEN = [
  '-IFD0:Make=Maker',
  '-IFD0:Artist=Somebody',
  '-GPSLatitude=51.5',
  '-GPSLatitudeRef=N',
  '-GPSLongitude=0.12',
  '-GPSLongitudeRef=W',
  '-ExifIFD:SerialNumber=SN12345',
  '-ExifIFD:LensSerialNumber=LN6789',
  '-ExifIFD:OwnerName=Owner',
  '-ExifIFD:ImageUniqueID=0123456789abcdef0123456789abcdef',
  '-XMP-exif:GPSLatitude=51.5',
  '-XMP-aux:SerialNumber=SN12345',
  '-XMP-exifEX:BodySerialNumber=SN12345',
  '-IPTC:City=London',
  '-IPTC:Sub-location=Baker Street',
  '-Comment=taken with SN12345',
];
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

  /** A photo of 1.44 megapixels, so that Workers read and write it, in which it says who, where, with what. */
  async function photoWithSecrets(): Promise<string> {
    const path = join(folder, 'phone.jpg');
    await sharp(PORTRAIT).resize(1200, 1200).jpeg().toFile(path);
    const { status, stderr } = spawnSync(exiftool, ['-overwrite_original', ...WRITTEN, path]);
    if (status !== 0) throw new Error(`exiftool: ${stderr}`);
    return readFileSync(path, 'base64');
  }

  /** Finds the face in the photo, edits it and writes it in each format, with and without the mark. */
  async function written(photo: string): Promise<Record<string, string>> {
    return page.evaluate(async (base64) => {
      const { core } = globalThis as unknown as PageGlobals;
      const { FaceMorph } = await core;
      const fm = await FaceMorph.load({ model: '/model/' });
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const { face } = await fm.open(bytes);
      const [generated] = await fm.sample();
      const faces = {
        edited: await face.edit({ smiling: 1 }),
        generated: await (generated as typeof face).edit({ smiling: 1 }),
      };
      const ways = {
        marked: {},
        plain: { provenance: false },
        kept: { metadata: 'keep' },
      } as const;
      const files: Record<string, string> = {};
      for (const [kind, edited] of Object.entries(faces)) {
        for (const format of ['png', 'jpeg', 'webp'] as const) {
          for (const [way, options] of Object.entries(ways)) {
            const file = await edited.encode({ type: `image/${format}`, ...options });
            const letters = Array.from(file, (byte) => String.fromCharCode(byte)).join('');
            files[`${kind}-${way}.${format}`] = btoa(letters);
          }
        }
      }
      await fm.dispose();
      return files;
    }, photo);
  }

  test('say what made them unless told not to, and nothing of where and with which device', async () => {
    const photo = await photoWithSecrets();
    const secret = /GPS|Serial|Owner|UniqueID|City|Sub-location|Comment/;
    const before = Object.keys(tagsOf(photo, 'photo.jpg'));
    expect(before.filter((tag) => secret.test(tag)).length).toBeGreaterThan(10);
    const files = await written(photo);
    expect(Object.keys(files)).toHaveLength(18);
    for (const [name, base64] of Object.entries(files)) {
      const tags = tagsOf(base64, name);
      const term = name.startsWith('edited')
        ? 'compositeWithTrainedAlgorithmicMedia'
        : 'trainedAlgorithmicMedia';
      const marked = name.includes('plain') ? undefined : TERMS + term;
      expect([name, tags['XMP-iptcExt:DigitalSourceType']]).toEqual([name, marked]);
      expect([name, ...Object.keys(tags).filter((tag) => secret.test(tag))]).toEqual([name]);
      // What is in no tag that exiftool knows would be here.
      const raw = Buffer.from(base64, 'base64').toString('latin1');
      expect([name, /SN12345|LN6789|London|Baker Street/.exec(raw)?.[0]]).toEqual([
        name,
        undefined,
      ]);
      const kept = name.startsWith('edited-kept') ? ['Maker', 'Somebody'] : [undefined, undefined];
      expect([name, tags['IFD0:Make'], tags['IFD0:Artist']]).toEqual([name, ...kept]);
      expect(tags).not.toHaveProperty('ExifTool:Warning');
    }
  });
});
