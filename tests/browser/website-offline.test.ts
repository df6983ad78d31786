import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from './support/chromium.js';
import { openSite, type Site } from './support/site.js';
import { paintedFace, setSlider, sliderOf, waitForChange, waitForFace } from './support/studio.js';

const PORTRAIT = fileURLToPath(new URL('../fixtures/portrait.jpg', import.meta.url));

describe.skipIf(withoutBrowser)('the website without a network', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  test('after one visit it opens, goes to pages not seen before, and edits a photo', async () => {
    const { page, close } = await site.visit({ hash: '#/edit' });
    await waitForFace(page);
    // The service worker is there and has kept the engine and the networks for photos.
    for (const name of ['ort-wasm', 'encoder', 'locator']) {
      await expect.poll(() => keptFiles(page), { timeout: 60_000 }).toContain(`/${name}`);
    }
    expect(await keptFiles(page)).not.toContain('asyncify');

    await site.cut();
    await page.reload();
    await waitForFace(page);
    await page.getByRole('link', { name: 'Mix' }).click();
    await waitForFace(page);
    await page.getByRole('link', { name: 'Edit', exact: true }).click();
    await waitForFace(page);

    const madeUp = await paintedFace(page);
    await page.getByLabel('A picture of a face').setInputFiles(PORTRAIT);
    await page.waitForURL((url) => !url.hash.includes('seed='));
    const before = await waitForChange(page, madeUp, 5);
    await setSlider(sliderOf(page, 'Smile'), 2);
    await waitForChange(page, before, 1);
    await close();
  });
});

/** The addresses of all that the site keeps in the browser. */
async function keptFiles(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const urls: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      urls.push(...(await cache.keys()).map(({ url }) => url));
    }
    return urls.join('\n');
  });
}
