import { readFileSync } from 'node:fs';
import { parseAttributes, writeAttributes } from '@facemorph/core';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { accessibilityFaults } from './support/axe.js';
import { withoutBrowser } from './support/chromium.js';
import {
  distance,
  NOTICEABLE,
  painted,
  paintedFace,
  setSlider,
  settle,
  sliderOf,
  waitForChange,
  waitForFace,
} from './support/studio.js';
import { useVisits } from './support/visits.js';

describe.skipIf(withoutBrowser)('the pages of the website', () => {
  const { visit } = useVisits();

  test('a morph is scrubbed, gets another face, and is found again by its link', async () => {
    const { page } = await visit({ hash: '#/morph?faces=7.3,7.5' });
    await waitForFace(page);
    const start = await paintedFace(page);
    const position = page.getByRole('slider', { name: 'Position of the morph' });
    await setSlider(position, 0.5);
    const half = await waitForChange(page, start, NOTICEABLE);
    await page.waitForURL(/t=0\.5$/);

    await page.reload();
    await waitForFace(page);
    await settle(page);
    expect(distance(half, await paintedFace(page))).toBe(0);

    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: 'Face 9 of sheet 7' }).click();
    await page.getByRole('button', { name: 'Key face 3', exact: true }).waitFor();
    expect(page.url()).toContain('faces=7.3,7.5,7.8');
    await page.getByRole('button', { name: 'Take key face 1 out' }).click();
    await page.waitForURL(/faces=7\.5,7\.8/);
  });

  test('a mix is moved by keyboard, and its link brings it back', async () => {
    const { page } = await visit({ hash: '#/mix?faces=7.3,7.1,7.5,7.4&x=0.5&y=0.5' });
    await waitForFace(page);
    const middle = await paintedFace(page);
    const across = page.getByRole('slider', { name: 'Mix from left to right' });
    await across.press('Home');
    await page.getByRole('slider', { name: 'Mix from top to bottom' }).press('Home');
    await waitForChange(page, middle, NOTICEABLE);
    await page.waitForURL(/x=0\.00&y=0\.00$/);
    // The change may have been that of the first slider alone.
    await settle(page);
    const corner = await paintedFace(page);
    await page.reload();
    await waitForFace(page);
    await settle(page);
    expect(distance(corner, await paintedFace(page))).toBe(0);
  });

  test('the point of a mix goes where the pointer does: a corner face is that face', async () => {
    const { page } = await visit({ hash: '#/mix?faces=7.3,7.1,7.5,7.4&x=0.5&y=0.5' });
    await waitForFace(page);
    const pad = await page.locator('.fm-mix-pad').boundingBox();
    if (!pad) throw new Error('The pad is not in sight');
    // The centre of the last of 5 x 5 faces.
    await page.mouse.move(pad.x + 0.5 * pad.width, pad.y + 0.5 * pad.height);
    await page.mouse.down();
    await page.mouse.move(pad.x + 0.9 * pad.width, pad.y + 0.9 * pad.height, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL(/x=1\.00&y=1\.00$/);
    await page.locator('.fm-equation', { hasText: '+ 1.00 D' }).waitFor();
  });

  test('the essay adds, compares and untangles', async () => {
    const { page } = await visit({ hash: '#/how' });
    await waitForFace(page);
    const before = await paintedFace(page);
    const sum = page.getByRole('region', { name: 'A face is 192 numbers' });
    const bars = page.locator('.bars-change');
    const flat = await bars.getAttribute('d');
    await setSlider(sum.getByRole('slider', { name: 'Smile' }), 2);
    await waitForChange(page, before, NOTICEABLE);
    expect(await bars.getAttribute('d')).not.toBe(flat);

    await page.locator('.figure-loss b', { hasText: '1.000' }).first().waitFor();
    await page.getByRole('button', { name: 'Made up, grey hair' }).click();
    await page.getByRole('img', { name: 'Squared error: Made up, grey hair' }).waitFor();
    const losses = await page.locator('.figure-loss dl').allTextContents();
    const [bright, soft] = losses.slice(1).map((text) => ({
      error: Number(/MSE ([\d.]+)/.exec(text)?.[1]),
      similarity: Number(/MS-SSIM ([\d.]+)/.exec(text)?.[1]),
    }));
    expect(Math.abs((bright?.error ?? 0) - (soft?.error ?? 99))).toBeLessThan(0.2);
    expect(bright?.similarity).toBeGreaterThan((soft?.similarity ?? 1) + 0.01);

    const sorted = await meanAlong(page);
    await page.getByRole('radio', { name: 'our sliders' }).check();
    expect(await meanAlong(page)).toBeLessThan(sorted);
    await page.getByRole('combobox', { name: 'Raise' }).selectOption({ label: 'Beard' });
  });

  test('the essay opens its photo when one reads on to it, and changes that', async () => {
    const { page, requests } = await visit({ hash: '#/how' });
    await waitForFace(page);
    const portrait = (): boolean => requests.some((url) => /portrait-[^/]+\.jpg$/.test(url));
    const back = page.getByRole('region', { name: 'Back into the photo' });
    const photo = back.getByRole('img', { name: 'The photo', exact: true });
    const changed = back.getByRole('img', { name: 'The photo with the change' });
    const apart = async (): Promise<number> =>
      distance(await painted(photo), await painted(changed));
    expect(await changed.getAttribute('data-sequence')).toBeNull();

    await back.scrollIntoViewIfNeeded();
    await expect
      .poll(() => changed.getAttribute('data-sequence'), { timeout: 60_000 })
      .not.toBeNull();
    expect(portrait()).toBe(true);
    await expect.poll(apart, { timeout: 30_000 }).toBeGreaterThan(0.2);
    await back.getByRole('slider', { name: 'Smile' }).press('Escape');
    await expect.poll(apart, { timeout: 30_000 }).toBe(0);
  });

  test('a slider is learned from two piles, tried, saved, and used in the editor', async () => {
    const { page } = await visit({
      hash: '#/learn?label=Dark%20look&with=7.3,7.1,7.6,7.9&without=7.5,7.8,7.16',
    });
    await page.getByRole('heading', { name: 'With 4' }).waitFor({ timeout: 60_000 });
    await page.getByRole('radio', { name: 'Without' }).check();
    await page.getByRole('button', { name: 'Face 12', exact: true }).click();
    await page.getByRole('button', { name: 'Face 12, without it' }).waitFor();
    expect(page.url()).toContain('without=7.5,7.8,7.16,7.11');

    await page.getByRole('button', { name: 'Learn it' }).click();
    await waitForFace(page);
    await settle(page);
    const before = await paintedFace(page);
    await setSlider(sliderOf(page, 'Dark look'), 2);
    await waitForChange(page, before, NOTICEABLE);
    await page.getByText('8 faces', { exact: true }).waitFor();

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the slider' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('dark_look.attributes.json');
    const saved = parseAttributes(JSON.parse(readFileSync(await download.path(), 'utf8')));
    expect(saved.attributes.map(({ name }) => name)).toEqual(['dark_look']);
    const damaged = Buffer.from(JSON.stringify({ ...writeAttributes(saved), version: 99 }));

    await page.getByRole('link', { name: 'Use it in the editor' }).click();
    await waitForFace(page);
    await page.getByRole('searchbox', { name: 'Search attributes' }).fill('dark look');
    await sliderOf(page, 'Dark look').waitFor();

    // Another day: the sliders of the file are there again.
    const again = await visit({ hash: '#/learn' });
    const input = again.page.getByLabel('A slider file');
    await input.waitFor({ state: 'attached', timeout: 60_000 });
    await input.setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: damaged });
    await again.page.getByRole('alert').waitFor();
    await input.setInputFiles(await download.path());
    const loaded = again.page.getByRole('region', { name: 'What was loaded' });
    await waitForFace(again.page);
    await settle(again.page);
    const fresh = await paintedFace(again.page);
    await setSlider(sliderOf(again.page, 'Dark look'), 2);
    await waitForChange(again.page, fresh, NOTICEABLE);
    expect(await again.page.getByRole('alert').count()).toBe(0);
    expect(await loaded.textContent()).toContain('AUROC');
  });

  test('a morph is saved as a GIF', async () => {
    const { page } = await visit({ hash: '#/morph?faces=7.3,7.5&seconds=2' });
    await waitForFace(page);
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 90_000 }),
      page.getByRole('button', { name: 'Save as GIF' }).click(),
    ]);
    const { pages = 0, width } = await sharp(await download.path()).metadata();
    expect(pages).toBeGreaterThan(20);
    expect(width).toBeGreaterThan(300);
  });

  test.each(['generate', 'edit', 'morph', 'mix', 'learn', 'how'])(
    '%s has a title, one main heading, no fault that axe finds, and nothing that sticks out on a phone',
    async (name) => {
      const { page } = await visit({
        hash: `#/${name}`,
        context: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
      });
      if (name === 'learn')
        await page.getByRole('heading', { level: 1 }).waitFor({ timeout: 60_000 });
      else await waitForFace(page);
      expect(await page.title()).toMatch(/ · FaceMorph$/);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect(await accessibilityFaults(page)).toEqual([]);
      }
      // What sticks out makes a phone's page wider than its screen.
      await page.setViewportSize({ width: 320, height: 640 });
      await expect
        .poll(() => page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]))
        .toEqual([320, 320]);
    },
  );
});

/** By how much other scores move along on average, as the page says. */
async function meanAlong(page: Page): Promise<number> {
  const text = await page.locator('.matrix-head b').textContent();
  return Number(text);
}
