import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from './support/chromium.js';
import { openSite, type Site } from './support/site.js';
import {
  distance,
  dragSlider,
  NOTICEABLE,
  paintedFace,
  settle,
  sliderOf,
  waitForChange,
  waitForFace,
} from './support/studio.js';
import { useVisits } from './support/visits.js';

describe.skipIf(withoutBrowser)('the website in Chromium', () => {
  const visits = useVisits();
  const visit = visits.visit;

  test('a slider dragged with the mouse changes the picture', async () => {
    const { page } = await visit({ hash: '#/edit?seed=7&face=3' });
    await waitForFace(page);
    const before = await paintedFace(page);

    await dragSlider(page, sliderOf(page, 'Smile'), 0.95);
    await waitForChange(page, before, NOTICEABLE);
    expect(await sliderOf(page, 'Smile').getAttribute('aria-valuetext')).toMatch(/^Smile, plus/);
    expect(page.url()).toMatch(/#\/edit\?seed=7&face=3&smiling=[\d.]+$/);
  });

  test('a picture is changed and found again by keyboard alone', async () => {
    const { page } = await visit({ hash: '#/edit?seed=7&face=3' });
    await waitForFace(page);
    await settle(page);
    const before = await paintedFace(page);

    const label = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    for (let i = 0; i < 60 && (await label()) !== 'Smile'; i++) await page.keyboard.press('Tab');
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('PageUp');
    await settle(page);
    const slider = sliderOf(page, 'Smile');
    expect(await slider.getAttribute('aria-valuetext')).toBe('Smile, plus 0.8, clear');
    expect(await slider.inputValue()).toBe('0.8');

    await page.keyboard.press('End');
    expect(await slider.inputValue()).toBe(await slider.getAttribute('max'));
    await waitForChange(page, before, NOTICEABLE);

    await page.keyboard.press('Escape');
    await settle(page);
    expect(await slider.getAttribute('aria-valuetext')).toBe('Smile, as it is');
    expect(distance(before, await paintedFace(page))).toBeLessThan(0.5);
  });

  test('compare, undo, redo and reset', async () => {
    const { page } = await visit({ hash: '#/edit?seed=11&face=0' });
    await waitForFace(page);
    const before = await paintedFace(page);
    await dragSlider(page, sliderOf(page, 'Smile'), 0.02);
    await settle(page);
    const edited = await paintedFace(page);

    await page.getByRole('button', { name: 'Hold to compare' }).hover();
    await page.mouse.down();
    expect(distance(before, await paintedFace(page))).toBeLessThan(0.5);
    await page.mouse.up();
    expect(distance(edited, await paintedFace(page))).toBeLessThan(0.5);

    await page.keyboard.press('Control+z');
    await settle(page);
    expect(distance(before, await paintedFace(page))).toBeLessThan(0.5);
    await page.getByRole('button', { name: 'Redo' }).click();
    await settle(page);
    expect(distance(edited, await paintedFace(page))).toBeLessThan(0.5);

    await page.getByRole('button', { name: 'Reset' }).click();
    await settle(page);
    expect(distance(before, await paintedFace(page))).toBeLessThan(0.5);
    expect(page.url()).toMatch(/#\/edit\?seed=11&face=0$/);
  });

  test('a link brings the same face, edits and locks', async () => {
    const hash = '#/edit?seed=21&face=2&smiling=-1.2&blond_hair=1.5&keep=male';
    const faces = [];
    for (const { page } of [await visit({ hash }), await visit({ hash })]) {
      await waitForFace(page);
      await settle(page);
      faces.push(await paintedFace(page));
      expect(await sliderOf(page, 'Smile').inputValue()).toBe('-1.2');
      await page.getByRole('searchbox', { name: 'Search attributes' }).fill('male');
      expect(await sliderOf(page, 'Male').isDisabled()).toBe(true);
    }
    expect(distance(faces[0] ?? [], faces[1] ?? [])).toBe(0);
  });

  test('an edit is saved as a recipe, and opened on another face as one step', async () => {
    const { page } = await visit({ hash: '#/edit?seed=7&face=3&smiling=1.5&keep=male' });
    await waitForFace(page);
    await page.getByRole('button', { name: 'More ways to save' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Save the edit as a recipe' }).click(),
    ]);
    const recipe = await download.path();
    expect(download.suggestedFilename()).toBe('facemorph-7-3.recipe.json');
    expect(JSON.parse(readFileSync(recipe, 'utf8'))).toMatchObject({
      format: 'facemorph-recipe',
      edits: [{ name: 'smiling', strength: 1.5 }],
      keep: ['male'],
    });

    await page.goto(`${visits.site.origin}/#/edit?seed=8&face=1`);
    await waitForFace(page);
    await page.getByRole('button', { name: 'More ways to save' }).click();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('menuitem', { name: 'Open a recipe' }).click(),
    ]);
    await chooser.setFiles(recipe);
    await page.waitForURL(/#\/edit\?seed=8&face=1&smiling=1\.5&keep=male$/);
    expect(await sliderOf(page, 'Smile').inputValue()).toBe('1.5');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.waitForURL(/#\/edit\?seed=8&face=1$/);
  });

  test('a face is chosen from the wall, varied, and edited; back brings it again', async () => {
    const { page } = await visit({ hash: '#/generate?seed=7' });
    const face = page.getByRole('button', { name: 'Face 5 of sheet 7' });
    await face.click();
    expect(page.url()).toMatch(/#\/generate\?seed=7&face=4$/);
    const tray = page.getByRole('region', { name: 'The chosen face' });
    await tray.getByRole('button', { name: 'More like this' }).click();
    await page.getByRole('heading', { name: 'More like this' }).waitFor();
    await page.getByRole('button', { name: 'Variation 3', exact: true }).click();
    expect(page.url()).toMatch(/#\/generate\?like=7\.4&face=3$/);

    await tray.getByRole('link', { name: 'Edit' }).click();
    await waitForFace(page);
    expect(page.url()).toMatch(/#\/edit\?seed=7&face=4~2$/);
    await settle(page);
    const variation = await paintedFace(page);
    await page.goto(`${visits.site.origin}/#/edit?seed=7&face=4`);
    await waitForFace(page);
    await settle(page);
    const difference = distance(variation, await paintedFace(page));
    expect(difference).toBeGreaterThan(NOTICEABLE);
    await page.goBack();
    await waitForFace(page);
    await settle(page);
    expect(distance(variation, await paintedFace(page))).toBe(0);
  });

  test('a face is saved as a PNG, opened again and edited', async () => {
    const { page } = await visit({ hash: '#/edit?seed=7&face=3' });
    await waitForFace(page);
    const sampled = await paintedFace(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save PNG' }).click(),
    ]);
    const file = await download.path();
    expect(download.suggestedFilename()).toBe('facemorph-7-3.png');
    expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG');
    expect(statSync(file).size).toBeGreaterThan(5_000);

    await page.getByLabel('A picture of a face').setInputFiles({
      name: 'portrait.png',
      mimeType: 'image/png',
      buffer: readFileSync(file),
    });
    await page.getByText('portrait.png').waitFor();
    await settle(page);
    const opened = await paintedFace(page);
    expect(distance(sampled, opened)).toBeLessThan(20);
    expect(page.url()).not.toContain('face=');

    await dragSlider(page, sliderOf(page, 'Smile'), 0.02);
    await waitForChange(page, opened, NOTICEABLE);
  });

  test('a file that is no picture is refused in words, and work goes on', async () => {
    const { page } = await visit({ hash: '#/edit?seed=7&face=3' });
    await waitForFace(page);
    await page.getByLabel('A picture of a face').setInputFiles({
      name: 'notes.png',
      mimeType: 'image/png',
      buffer: Buffer.from('not a picture'),
    });
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect((await alert.textContent())?.length).toBeGreaterThan(20);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    const before = await paintedFace(page);
    await dragSlider(page, sliderOf(page, 'Smile'), 0.95);
    await waitForChange(page, before, NOTICEABLE);
  });

  test('the second visit works with every other host cut off and fetches no model', async () => {
    const first = await visit();
    await waitForFace(first.page);
    expect(first.requests.some((url) => url.endsWith('.onnx'))).toBe(true);

    // What later steps need is fetched behind the first picture; a visit ends when all of it is kept.
    const kept = (): Promise<readonly [models: number, encoder: boolean]> =>
      first.page.evaluate(async () => {
        const [models, runtime] = await Promise.all(
          ['facemorph-models', 'facemorph-runtime'].map(async (name) =>
            (await caches.open(name)).keys(),
          ),
        );
        return [models!.length, runtime!.some(({ url }) => url.includes('/encoder-'))] as const;
      });
    // Attributes, the decoder, and the one for live frames; the encoder is kept for offline visits.
    await expect.poll(kept, { timeout: 30_000 }).toEqual([3, true]);
    const { origin } = visits.site;
    await first.context.route('**/*', (route) =>
      new URL(route.request().url()).origin === origin ? route.continue() : route.abort(),
    );
    const already = first.requests.length;
    await first.page.reload();
    await waitForFace(first.page);
    const again = first.requests.slice(already);
    expect(again.length).toBeGreaterThan(0);
    expect(again.filter((url) => url.endsWith('.onnx'))).toEqual([]);
  });

  test('a finger moves a slider sideways, and scrolls the page over it', async () => {
    const { page, context } = await visit({
      hash: '#/edit?seed=7&face=3',
      context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    });
    await waitForFace(page);
    const touch = await context.newCDPSession(page);
    const swipe = async (x: number, dx: number, dy: number): Promise<void> => {
      const box = await sliderOf(page, 'Smile').boundingBox();
      if (!box) throw new Error('The slider is not in sight');
      const from = { x: box.x + x * box.width, y: box.y + box.height / 2 };
      const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', share?: number) =>
        touch.send('Input.dispatchTouchEvent', {
          type,
          touchPoints:
            share === undefined
              ? []
              : [{ x: from.x + share * dx * box.width, y: from.y + share * dy }],
        });
      await send('touchStart', 0);
      for (let step = 1; step <= 10; step++) await send('touchMove', step / 10);
      await send('touchEnd');
    };
    await sliderOf(page, 'Smile').scrollIntoViewIfNeeded();
    await swipe(0.5, 0.3, 0);
    await page.waitForURL(/smiling=1\.\d+$/);
    const value = await sliderOf(page, 'Smile').inputValue();

    const scrolled = await page.evaluate(() => scrollY);
    await swipe(0.2, 0, -150);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(scrolled + 50);
    expect(await sliderOf(page, 'Smile').inputValue()).toBe(value);
    expect(page.url()).toContain(`smiling=${value}`);
  });

  test('on a phone nothing sticks out sideways and the face stays in sight', async () => {
    const { page } = await visit({
      hash: '#/edit?seed=7&face=3&smiling=1',
      context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    });
    await waitForFace(page);
    await page.getByRole('button', { name: 'Accessories' }).scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'Accessories' }).tap();
    await sliderOf(page, 'Eyeglasses').scrollIntoViewIfNeeded();
    const box = await page.locator('.print .fm-canvas').boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);

    // Every way to save is within reach of the thumb: nothing lies on it.
    await page.evaluate(() => scrollTo(0, 200));
    await page.getByRole('button', { name: 'More ways to save' }).tap();
    await page.getByRole('menuitem', { name: 'Open a recipe' }).waitFor();
    const covered = await page.getByRole('menuitem').evaluateAll((items) =>
      items.flatMap((item) => {
        const { left, top, width, height } = item.getBoundingClientRect();
        const hit = document.elementFromPoint(left + width / 2, top + height / 2);
        return item.contains(hit) ? [] : [item.textContent];
      }),
    );
    expect(covered).toEqual([]);
  });
});

describe.skipIf(withoutBrowser)('when the model cannot be had', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  test('the page says so, and another try works', async () => {
    const { page, context, close } = await site.visit({
      // Routes bend the page's own requests, not those of a service worker.
      context: { serviceWorkers: 'block' },
      prepare: (context) => context.route('**/*.onnx', (route) => route.abort()),
    });
    const alert = page.getByRole('alert');
    await alert.waitFor({ timeout: 60_000 });
    expect((await alert.textContent())?.length).toBeGreaterThan(20);
    await page.getByText('The model did not load').waitFor();
    await context.unroute('**/*.onnx');
    await page.getByRole('button', { name: 'Try again' }).click();
    await waitForFace(page);
    await close();
  });
});
