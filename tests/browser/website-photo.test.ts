import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FaceMorph } from '@facemorph/core';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from './support/chromium.js';
import {
  paintedFace,
  setSlider,
  settle,
  sliderOf,
  waitForChange,
  waitForFace,
} from './support/studio.js';
import { useVisits } from './support/visits.js';

/** A portrait in the public domain; see tests/fixtures/README.md. */
const PORTRAIT = fileURLToPath(new URL('../fixtures/portrait.jpg', import.meta.url));

describe.skipIf(withoutBrowser)('a photo on the website', () => {
  const { visit } = useVisits();
  let judge: FaceMorph;
  beforeAll(async () => {
    judge = await FaceMorph.load();
  });
  afterAll(() => judge?.dispose());

  test('smile +2, exported: changed inside the face only, and it smiles', async () => {
    const { page, requests } = await visit({ hash: '#/edit' });
    await waitForFace(page);
    await openPortrait(page);
    expect(page.url()).not.toContain('seed=');
    // How well the model knows the face is told before the first edit.
    const told = (await page.locator('.stage-fit').textContent()) ?? '';
    const fit = Number(/^fit (\d+) %$/.exec(told)?.[1]);
    const { quality } = (await judge.open(PORTRAIT)).face;
    expect(Math.abs(fit - 100 * (quality?.fit ?? Number.NaN))).toBeLessThan(3);
    const original = await exported(page);
    const input = await sharp(PORTRAIT).metadata();
    expect([original.width, original.height]).toEqual([input.width, input.height]);

    const before = requests.length;
    await setSlider(sliderOf(page, 'Smile'), 2);
    await settle(page);
    expect(page.url()).toMatch(/#\/edit\?smiling=2$/);
    const edited = await exported(page);
    const asked = requests.slice(before).filter((url) => !/^blob:|icon\.svg$/.test(url));
    expect(asked).toEqual([]);

    const [face] = await judge.locate(PORTRAIT);
    const [left = [0, 0], right = [0, 0]] = face?.landmarks ?? [];
    const eyes = Math.hypot(right[0] - left[0], right[1] - left[1]);
    // The model's frame is four eye distances wide, its middle a little under the eyes.
    const centre = { x: (left[0] + right[0]) / 2, y: (left[1] + right[1]) / 2 + 0.19 * eyes };
    const reach = 2.2 * eyes;
    let inside = 0;
    let outside = 0;
    for (let i = 0; i < original.data.length; i++) {
      if (original.data[i] === edited.data[i]) continue;
      const pixel = Math.floor(i / 4);
      const [x, y] = [pixel % original.width, Math.floor(pixel / original.width)];
      if (Math.abs(x - centre.x) < reach && Math.abs(y - centre.y) < reach) inside++;
      else outside++;
    }
    expect(inside).toBeGreaterThan(1000);
    expect(outside).toBe(0);

    const scores = await Promise.all(
      [original.file, edited.file].map(async (file) => (await judge.open(file)).face.measure()),
    );
    const [was = 0, is = 0] = scores.map(({ smiling }) => smiling);
    // The photo's own pixels are moved, so that the probe sees less than the 2 that were asked for.
    expect(is - was).toBeGreaterThan(0.5);
    expect(readFileSync(edited.path).toString('latin1')).toContain('DigitalSourceType');
  });

  test('a photo is pasted, and dropped, and keeps its name', async () => {
    const { page } = await visit({ hash: '#/edit' });
    await waitForFace(page);
    const first = await paintedFace(page);
    for (const [kind, name] of [
      ['paste', 'pasted.jpg'],
      ['drop', 'dropped.jpg'],
    ] as const) {
      await handOver(page, kind, name);
      await page.getByText(name).waitFor();
      await waitForChange(page, first, 5);
    }
    // A file that cannot be opened does not give the photo its name.
    await page.getByLabel('A picture of a face').setInputFiles({
      name: 'notes.png',
      mimeType: 'image/png',
      buffer: Buffer.from('not a picture'),
    });
    await page.getByRole('alert').waitFor();
    expect(await page.locator('.stage-name').textContent()).toBe('dropped.jpg');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('pasted.jpg').waitFor();
  });
});

/** By Enter on its button: whoever uses no pointer opens a photo too. */
async function openPortrait(page: Page): Promise<void> {
  // Asked for in good time: Enter can be faster than the browser's promise to hand its dialog over.
  page.on('filechooser', (chooser) => void chooser.setFiles(PORTRAIT));
  await page.getByRole('button', { name: 'Your face' }).press('Enter');
  await page.getByText('portrait.jpg').waitFor();
  await page.waitForURL((url) => !url.hash.includes('seed='));
  await settle(page);
}

/** What the page saves, as pixels and as the file. */
async function exported(page: Page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save PNG' }).click(),
  ]);
  const path = await download.path();
  const { data, info } = await sharp(path)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { path, file: readFileSync(path), data, width: info.width, height: info.height };
}

/** Pastes or drops the portrait under a name, as a browser does from another program. */
async function handOver(page: Page, kind: 'paste' | 'drop', name: string): Promise<void> {
  const bytes = readFileSync(PORTRAIT).toString('base64');
  await page.evaluate(
    ([kind, name, bytes]) => {
      const data = Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([data], name, { type: 'image/jpeg' }));
      const options = { bubbles: true, cancelable: true };
      const event =
        kind === 'paste'
          ? new ClipboardEvent('paste', { ...options, clipboardData: transfer })
          : new DragEvent('drop', { ...options, dataTransfer: transfer });
      (document.querySelector('.print') ?? document.body).dispatchEvent(event);
    },
    [kind, name, bytes] as const,
  );
}
