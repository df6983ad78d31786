import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../browser/support/chromium.js';
import { type Book, type Entry, openBook, readEntries } from './book.js';

const exiftool = process.env.FACEMORPH_EXIFTOOL ?? 'exiftool';
const unread = spawnSync(exiftool, ['-ver']).error !== undefined;
if (unread && !withoutBrowser) {
  console.warn('!!! exiftool is not installed: the animations that Chromium writes are not read');
}

/** What a file says of its making, read by exiftool. */
function sourceOf(path: string): string {
  const tag = '-XMP-iptcExt:DigitalSourceType';
  return spawnSync(exiftool, ['-s3', '-n', tag, path], { encoding: 'utf8' }).stdout.trim();
}

const GENERATED = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';

const find = (id: string): Entry => {
  const entry = readEntries().find((candidate) => candidate.id === id);
  if (!entry) throw new Error(`There is no story ${id}`);
  return entry;
};

/** Stories with the real model, driven from the outside as a user does. */
describe.skipIf(withoutBrowser)('the real <FaceMorpher> in Chromium', () => {
  let book: Book;
  let page: Page;
  beforeAll(async () => {
    book = await openBook();
    page = book.page;
  });
  afterAll(() => book?.close());

  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
    });

  /** Goes on by Tab until something of that name has the focus. */
  async function tabTo(name: string): Promise<void> {
    for (let i = 0; i < 80; i++) {
      if ((await focused()) === name) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab never came to "${name}"`);
  }

  async function press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await page.keyboard.press(key);
  }

  const smile = () => page.getByRole('slider', { name: 'Smile', exact: true });

  test('a whole session by keyboard: open, edit, lock, undo, compare, export', async () => {
    await showLive();
    // Asked for in good time: Enter can be faster than the browser's promise to hand its dialog over.
    page.on('filechooser', () => {});
    const picture = await page.locator('.fm-morpher canvas').screenshot();
    await fromTheTop();
    await tabTo('Your face');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press('Enter')]);
    // What its dialog, which is not of the page, hands over.
    await chooser.setFiles({ name: 'face.png', mimeType: 'image/png', buffer: picture });
    await expect.poll(() => smile().inputValue(), { timeout: 30_000 }).toBe('0');

    await tabTo('Smile');
    await press('PageUp', 'PageUp', 'ArrowRight');
    expect(await smile().getAttribute('aria-valuetext')).toBe('Smile, plus 1.1, clear');

    await tabTo('Keep smile as it is');
    await press('Space');
    expect(await smile().isDisabled()).toBe(true);
    await press('Control+z');
    expect(await smile().isDisabled()).toBe(false);
    await press('Control+z');
    expect(await smile().inputValue()).toBe('1');
    await press('Control+y');
    expect(await smile().inputValue()).toBe('1.1');

    await fromTheTop();
    await tabTo('Hold to compare');
    await page.keyboard.down('Space');
    await page.getByRole('img', { name: 'The face before the edit' }).waitFor();
    await page.keyboard.up('Space');
    await page.getByRole('img', { name: 'The edited face' }).waitFor();

    await tabTo('Save PNG');
    const [saved] = await Promise.all([page.waitForEvent('download'), press('Enter')]);
    const { format, width, height } = await sharp(await saved.path()).metadata();
    // The whole picture that was opened, at its own size.
    expect({ format, width, height }).toEqual({ ...(await sizeOf(picture)), format: 'png' });

    // The tabs of the tools are one stop of the Tab key; arrows go from one to the next.
    await tabTo('Edit');
    await press('ArrowRight');
    expect(await focused()).toBe('Faces');
  });

  test('animates an edit as GIF, WebP and video', async () => {
    await showLive();
    for (const format of ['gif', 'webp']) {
      const { name, path, file } = await exported(
        `Animate as ${format === 'gif' ? 'GIF' : 'WebP'}`,
      );
      expect(name).toBe(`facemorph.${format}`);
      const about = await sharp(file).metadata();
      expect(about).toMatchObject({ format, width: 512, pages: 46, loop: 0 });
      if (!unread) expect(sourceOf(path)).toBe(GENERATED);
    }
    const { name, path, file } = await exported('Animate as video');
    // Chromium as Debian builds it may have no encoder for MP4.
    const isMp4 = file.subarray(4, 8).toString() === 'ftyp';
    expect(isMp4 || file.readUInt32BE(0) === 0x1a45dfa3).toBe(true);
    expect(name).toBe(`facemorph.${isMp4 ? 'mp4' : 'webm'}`);
    expect(file.length).toBeGreaterThan(10_000);
    // WebM has no place for it.
    if (isMp4 && !unread) expect(sourceOf(path)).toBe(GENERATED);
  }, 300_000);

  async function showLive(): Promise<void> {
    const outcome = await book.show(find('live-facemorpher--real-model'));
    expect(outcome).toEqual({ result: 'success', complaints: [] });
  }

  function fromTheTop(): Promise<void> {
    return page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  }

  async function exported(choice: string): Promise<{ name: string; path: string; file: Buffer }> {
    await page.getByRole('button', { name: 'More ways to save' }).click();
    const [saved] = await Promise.all([
      page.waitForEvent('download', { timeout: 120_000 }),
      page.getByRole('menuitem', { name: choice }).click(),
    ]);
    const path = await saved.path();
    return { name: saved.suggestedFilename(), path, file: readFileSync(path) };
  }

  test('comes and goes fifty times and leaves nothing behind', async () => {
    await book.show(find('live-facemorpher--comes-and-goes'));
    const cdp = await page.context().newCDPSession(page);
    const toggle = page.getByRole('checkbox', { name: 'Shown' });
    const before = await listeners(cdp);
    // The story before may still be on its way out.
    await expect.poll(() => page.workers().length, { timeout: 10_000 }).toBe(0);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    for (let round = 0; round < 50; round++) {
      await toggle.check();
      // Most go before the model is there, some after the first picture.
      if (round % 10 === 9) await page.locator('.fm-morpher canvas[data-sequence]').waitFor();
      else await page.waitForTimeout((round % 10) * 20);
      await toggle.uncheck();
    }
    await expect.poll(() => page.workers().length, { timeout: 10_000 }).toBe(0);
    expect(await listeners(cdp)).toEqual(before);
    // The cache holds what was fetched once.
    expect(requests.filter((url) => url.endsWith('.onnx')).length).toBeLessThanOrEqual(50);
  }, 180_000);

  test('fetches the model once under StrictMode, and stops when it goes', async () => {
    const context = await page.context().browser()?.newContext();
    if (!context) throw new Error('The browser is gone');
    const other = await context.newPage();
    const seen: string[] = [];
    const failed: string[] = [];
    other.on('request', (request) => seen.push(request.url()));
    other.on('requestfailed', (request) => failed.push(request.url()));
    // Held back, so that it is under way for as long as it takes.
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await other.route('**/*.onnx', async (route) => {
      await held;
      await route.continue().catch(() => {});
    });
    await other.goto(
      page
        .url()
        .replace(
          /iframe\.html.*/,
          'iframe.html?id=live-facemorpher--comes-and-goes&viewMode=story',
        ),
    );
    // The story has been through its own coming and going.
    await other.waitForFunction(() => {
      const { __STORYBOOK_PREVIEW__: preview } = globalThis as unknown as {
        __STORYBOOK_PREVIEW__?: { currentRender?: { phase?: string } };
      };
      return preview?.currentRender?.phase === 'finished';
    });
    seen.length = 0;
    failed.length = 0;
    const toggle = other.getByRole('checkbox', { name: 'Shown' });
    const decoders = () => seen.filter((url) => /decoder[^/]*\.onnx$/.test(url));
    await toggle.check();
    await expect.poll(() => decoders().length, { timeout: 20_000 }).toBe(1);
    await toggle.uncheck();
    await expect.poll(() => failed.some((url) => url.endsWith('.onnx'))).toBe(true);
    release();
    expect(decoders()).toHaveLength(1);
    await expect.poll(() => other.workers().length, { timeout: 10_000 }).toBe(0);
    await context.close();
  });
});

/** How many listeners the window and the document have, by kind. */
async function listeners(cdp: CDPSession): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const expression of ['window', 'document', 'document.body']) {
    const { result } = await cdp.send('Runtime.evaluate', { expression });
    if (!result.objectId) continue;
    const found = await cdp.send('DOMDebugger.getEventListeners', { objectId: result.objectId });
    for (const { type } of found.listeners) {
      const key = `${expression} ${type}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
  }
  return counts;
}

async function sizeOf(png: Buffer): Promise<{ width: number; height: number }> {
  const { width, height } = await sharp(png).metadata();
  return { width, height };
}
