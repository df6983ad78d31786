import { readFileSync } from 'node:fs';
import { parseAttributes } from '@facemorph/core';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { withoutBrowser } from './support/chromium.js';
import { type Keyboard, keyboardOf } from './support/keyboard.js';
import {
  distance,
  paintedFace,
  settle,
  sliderOf,
  waitForChange,
  waitForFace,
} from './support/studio.js';
import { useVisits } from './support/visits.js';

/** A change that nobody overlooks, in levels of 0..255 over the whole picture. */
const NOTICEABLE = 2;

describe.skipIf(withoutBrowser)('the website without a pointer', () => {
  const { visit } = useVisits();

  /** Goes to a page from the header, as it is done from anywhere. */
  async function goTo(page: Page, keyboard: Keyboard, name: string): Promise<void> {
    await keyboard.tabTo(page.getByRole('button', { name: 'Skip to the page' }));
    await keyboard.tabTo(page.getByRole('link', { name, exact: true }).first());
    await keyboard.press('Enter');
    await page.waitForFunction((title) => document.title.startsWith(title), name);
    await waitForFace(page);
    await settle(page);
  }

  async function save(page: Page, keyboard: Keyboard, button: Locator): Promise<string> {
    await keyboard.tabTo(button);
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 90_000 }),
      keyboard.press('Enter'),
    ]);
    return download.path();
  }

  test('faces: one is chosen, edited, locked, compared, taken back and saved', async () => {
    const { page } = await visit({ hash: '#/generate' });
    const keyboard = keyboardOf(page);
    await waitForFace(page);
    await settle(page);
    const first = await paintedFace(page);
    await keyboard.tabTo(page.getByRole('button', { name: 'Skip to the page' }));
    await keyboard.press('Enter');
    expect(await page.locator('main').evaluate((main) => main === document.activeElement)).toBe(
      true,
    );
    await keyboard.tabTo(sliderOf(page, 'Eyeglasses'));
    await keyboard.press('PageUp', 'PageUp');
    await waitForChange(page, first, NOTICEABLE);

    await keyboard.tabTo(page.getByRole('button', { name: 'Face 3 of sheet 7', exact: true }));
    await keyboard.press('Enter');
    const tray = page.getByRole('region', { name: 'The chosen face' });
    await keyboard.tabTo(tray.getByRole('link', { name: 'Edit' }));
    await keyboard.press('Enter');
    await waitForFace(page);
    await settle(page);
    const original = await paintedFace(page);

    await keyboard.tabTo(sliderOf(page, 'Smile'));
    await keyboard.press('PageUp', 'PageUp');
    const smiling = await waitForChange(page, original, NOTICEABLE);
    const lock = page.getByRole('button', { name: 'Keep smile as it is', exact: true });
    await keyboard.tabTo(lock);
    await keyboard.press('Space');
    expect(await sliderOf(page, 'Smile').isDisabled()).toBe(true);
    await keyboard.press('Space');

    await keyboard.tabTo(page.getByRole('button', { name: 'Hold to compare' }));
    await page.keyboard.down('Space');
    await waitForChange(page, smiling, NOTICEABLE);
    await page.keyboard.up('Space');
    await expect.poll(async () => distance(smiling, await paintedFace(page))).toBe(0);

    const png = await save(page, keyboard, page.getByRole('button', { name: 'Save PNG' }));
    expect((await sharp(png).metadata()).format).toBe('png');
    await keyboard.tabTo(page.getByRole('button', { name: 'Reset' }));
    await keyboard.press('Enter');
    await expect.poll(async () => distance(original, await paintedFace(page))).toBe(0);
  });

  test('between faces: a morph is played, gets a face and is saved; a mix is moved', async () => {
    const { page } = await visit({ hash: '#/generate' });
    const keyboard = keyboardOf(page);
    await goTo(page, keyboard, 'Morph');
    const start = await paintedFace(page);
    await keyboard.tabTo(page.getByRole('slider', { name: 'Position of the morph' }));
    await keyboard.press('End');
    await waitForChange(page, start, NOTICEABLE);
    await keyboard.tabTo(page.getByRole('button', { name: 'Add', exact: true }));
    await keyboard.press('Enter');
    await keyboard.tabTo(page.getByRole('button', { name: /^Face 9 of sheet/ }));
    await keyboard.press('Enter');
    await page.getByRole('button', { name: 'Key face 3', exact: true }).waitFor();
    await keyboard.tabTo(page.getByRole('radio', { name: '4 s' }));
    await keyboard.press('ArrowLeft');
    expect(await page.getByRole('radio', { name: '2 s' }).isChecked()).toBe(true);
    const gif = await save(page, keyboard, page.getByRole('button', { name: 'Save as GIF' }));
    expect((await sharp(gif).metadata()).pages).toBeGreaterThan(20);

    await goTo(page, keyboard, 'Mix');
    const mixed = await paintedFace(page);
    await keyboard.tabTo(page.getByRole('slider', { name: 'Mix from left to right' }));
    await keyboard.press('End');
    const moved = await waitForChange(page, mixed, NOTICEABLE);
    await keyboard.tabTo(page.getByRole('button', { name: 'Corner B' }));
    await keyboard.press('Enter');
    await keyboard.tabTo(page.getByRole('button', { name: /^Face 12 of sheet/ }));
    await keyboard.press('Enter');
    await waitForChange(page, moved, NOTICEABLE);
  });

  test('a slider is learned from sorted faces, tried and saved; the essay is played with', async () => {
    const { page } = await visit({ hash: '#/learn' });
    const keyboard = keyboardOf(page);
    const sort = page.getByRole('region', { name: 'Faces to sort' });
    const lay = async (...faces: readonly number[]): Promise<void> => {
      for (const face of faces) {
        await keyboard.tabTo(sort.getByRole('button', { name: `Face ${face}`, exact: true }));
        await keyboard.press('Enter');
      }
    };
    await lay(2, 4, 7, 10);
    await keyboard.tabTo(sort.getByRole('radio', { name: 'With', exact: true }));
    await keyboard.press('ArrowRight');
    await lay(6, 9, 12, 17);
    await page.getByRole('heading', { name: 'Without 4' }).waitFor();
    await keyboard.tabTo(page.getByRole('textbox', { name: 'Name' }));
    await page.keyboard.type('Dark look');
    await keyboard.tabTo(page.getByRole('button', { name: 'Learn it' }));
    await keyboard.press('Enter');
    await waitForFace(page);
    await settle(page);
    const before = await paintedFace(page);
    await keyboard.tabTo(sliderOf(page, 'Dark look'));
    await keyboard.press('PageUp', 'PageUp');
    await waitForChange(page, before, NOTICEABLE);
    const file = await save(page, keyboard, page.getByRole('button', { name: 'Save the slider' }));
    expect(parseAttributes(readFileSync(file, 'utf8')).attributes).toHaveLength(1);

    await goTo(page, keyboard, 'How it works');
    const plain = await paintedFace(page);
    const sum = page.getByRole('region', { name: 'A face is 192 numbers' });
    await keyboard.tabTo(sum.getByRole('slider', { name: 'Smile' }));
    await keyboard.press('End');
    await waitForChange(page, plain, NOTICEABLE);
    await keyboard.tabTo(page.getByRole('combobox', { name: 'Raise' }));
    const rows = page.locator('.matrix-list ol');
    const ofSmile = await rows.textContent();
    await keyboard.press('ArrowDown');
    await expect.poll(() => rows.textContent()).not.toBe(ofSmile);
    await keyboard.tabTo(page.getByRole('link', { name: 'Try it on a photo' }));
    await keyboard.press('Enter');
    await page.waitForURL(/#\/edit/);
  });
});
