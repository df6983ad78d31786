import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FaceMorphError, type SerializedError } from '../../packages/core/src/errors.js';
import { serveCore } from '../../scripts/lib/core-server.mjs';
import { fuzz } from '../fuzz/harness.js';
import { browserPictures, hostilePictures } from '../fuzz/hostile-pictures.js';
import { type Mutant, mutants, type Seed } from '../fuzz/mutate.js';
import { pictureCorpus } from '../fuzz/picture-corpus.js';
import { launchChromium, withoutBrowser } from './support/chromium.js';
import { openCorePage } from './support/core-page.js';

/** Milliseconds that a picture of some kilobytes may take on a busy machine. */
const PATIENCE = 20_000;

/** What the page of `serveCore`, and `beforeAll` below, put there. */
interface PageGlobals {
  readonly core: Promise<typeof import('@facemorph/core/browser')>;
  readonly testing: Promise<typeof import('@facemorph/core/testing')>;
}

/** Bytes under a type that may be a lie. */
interface Upload {
  readonly file: Mutant;
  readonly type: string;
}

const types = ['', 'image/png', 'image/svg+xml', 'text/html', 'application/pdf', 'x'];

describe.skipIf(withoutBrowser)('picture files that mean harm, in Chromium', () => {
  let server: Awaited<ReturnType<typeof serveCore>>;
  let browser: Browser;
  let page: Page;
  let seeds: readonly Seed[];
  let always: readonly Mutant[];
  /** What no picture may bring about: requests, dialogs, errors of the page, windows. */
  const deeds: string[] = [];

  beforeAll(async () => {
    seeds = await pictureCorpus();
    const bytesOf = (name: string): Uint8Array => seeds.find((seed) => seed.name === name)!.bytes;
    always = [...hostilePictures(bytesOf('jpeg')), ...browserPictures(bytesOf('avif'))];
    server = await serveCore();
    browser = await launchChromium();
    page = await openCorePage(browser, server.url);
    // All that is loaded on demand is there before the first request is counted.
    expect(await open({ file: always[0]!, type: '' })).toMatchObject({ code: 'IMAGE_INVALID' });
    expect(await open({ file: jpegUpload(), type: '' })).toBe('value');
    page.on('request', (request) => {
      // Large pictures, and those that do not tell, are decoded in a Worker of their own.
      const isOurs = request.url().startsWith(`${server.url}core/`);
      if (!isOurs) deeds.push(`request of ${request.url()}`);
    });
    page.on('popup', () => deeds.push('a window'));
    page.on('pageerror', (error) => deeds.push(String(error)));
    page.on('dialog', (dialog) => {
      deeds.push('a dialog');
      void dialog.dismiss();
    });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  function jpegUpload(): Mutant {
    return Object.assign({ bytes: new Uint8Array(seeds.find((s) => s.name === 'jpeg')!.bytes) });
  }

  /** Opens a file as a dropped one and edits its face. */
  function open({ file, type }: Upload): Promise<'value' | SerializedError | string> {
    const base64 = Buffer.from(file.bytes).toString('base64');
    const done = page.evaluate(
      async ([text, mime]) => {
        const { core, testing } = globalThis as unknown as PageGlobals;
        const [{ FaceMorph, FaceMorphError }, fakes] = await Promise.all([core, testing]);
        const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
        const globals = globalThis as { fm?: ReturnType<typeof FaceMorph.load> };
        globals.fm ??= fakes
          .createFakeModel()
          .then((model) => FaceMorph.load({ model, backend: fakes.createFakeBackend() }));
        const fm = await globals.fm;
        try {
          const dropped = new File([bytes], '<img src=x onerror=alert(1)>.png', { type: mime });
          const photo = await fm.open(dropped, { aligned: true });
          const edited = await photo.face.edit({ smiling: 1 });
          const { width, height, data } = await edited.pixels();
          return data.length === width * height * 4 ? 'value' : 'The data does not fit the size';
        } catch (error) {
          return error instanceof FaceMorphError ? error.toJSON() : `another error: ${error}`;
        }
      },
      [base64, type] as const,
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(resolve, PATIENCE, `a hang: nothing in ${PATIENCE} ms`);
    });
    return Promise.race([done, late]).finally(() => clearTimeout(timer));
  }

  test('end in a photo or a FaceMorphError, and bring about nothing else', async () => {
    const row = await fuzz<Upload>({
      name: 'picture files (Chromium)',
      inputs: fc.record({ file: mutants(seeds), type: fc.constantFrom(...types) }),
      always: always.flatMap((file) =>
        ['', 'image/svg+xml', 'image/png'].map((type) => ({ file, type })),
      ),
      runs: 500,
      share: 0.3,
      milliseconds: 20_000,
      memory: () => largestProcess(browser),
      parse: async (upload) => {
        const outcome = await open(upload);
        if (deeds.length > 0) throw new Error(`It has brought about ${deeds.splice(0)}`);
        if (outcome === 'value') return;
        throw typeof outcome === 'string' ? new Error(outcome) : FaceMorphError.from(outcome);
      },
    });
    expect(row.values).toBeGreaterThan(row.tried * 0.05);
    expect(row.refused.IMAGE_INVALID).toBeGreaterThan(row.tried * 0.1);
    expect(row.refused.IMAGE_TOO_LARGE).toBeGreaterThanOrEqual(1);
  });
});

/** The most memory that one of a browser's processes has had so far, in MB; 0 where nobody tells. */
async function largestProcess(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const peaks = processInfo.map(({ id }) => {
    const path = `/proc/${id}/status`;
    const line = existsSync(path) && /^VmHWM:\s+(\d+)/m.exec(readFileSync(path, 'utf8'));
    return line ? Number(line[1]) / 1024 : 0;
  });
  return Math.round(Math.max(0, ...peaks));
}
