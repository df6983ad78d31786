import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from './support/chromium.js';
import { openSite, type Site, type Visit } from './support/site.js';
import { paintedFace, setSlider, sliderOf, waitForChange, waitForFace } from './support/studio.js';

const PORTRAIT = fileURLToPath(new URL('../fixtures/portrait.jpg', import.meta.url));
const PAGES = ['generate', 'edit', 'morph', 'mix', 'learn', 'how'];

/** Where violations of the policy are noted. */
interface Noted {
  readonly violations: string[];
}

/** The built website under its own policy, with nothing between the page and the network. */
describe.skipIf(withoutBrowser)('the website under its policy', () => {
  let site: Site;
  let visit: Visit;
  let page: Page;
  beforeAll(async () => {
    site = await openSite();
    visit = await site.visit({
      hash: '#/edit',
      // It would answer in place of the network.
      context: { serviceWorkers: 'block' },
      prepare: (context) =>
        context.addInitScript(() => {
          const violations: string[] = [];
          Object.assign(globalThis, { violations });
          document.addEventListener('securitypolicyviolation', (event) => {
            violations.push(`${event.violatedDirective} by ${event.blockedURI}`);
          });
        }),
    });
    ({ page } = visit);
    await waitForFace(page);
  });
  afterAll(async () => {
    await visit?.close();
    await site?.close();
  });

  const violations = (): Promise<string[]> =>
    page.evaluate(() => (globalThis as unknown as Noted).violations);

  const goTo = (hash: string): Promise<void> =>
    page.evaluate((to) => {
      location.hash = to;
    }, hash);

  test('no page and no photo violates it', async () => {
    for (const name of PAGES) {
      await goTo(`#/${name}`);
      await page.locator('main h1, main h2').first().waitFor();
      await page.waitForTimeout(500);
    }
    await page.goto(`${site.origin}/#/edit`);
    await waitForFace(page);
    await openPortrait(page);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save PNG' }).click();
    await (await download).path();
    expect(await violations()).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  test('with every request blocked it still edits a photo and a made-up face, and saves', async () => {
    const asked: string[] = [];
    await visit.context.route('**/*', (route) => {
      asked.push(route.request().url());
      return route.abort();
    });
    const before = await paintedFace(page);
    await setSlider(sliderOf(page, 'Smile'), 2);
    const smiling = await waitForChange(page, before, 1);
    await goTo('#/edit?seed=9&face=1');
    const madeUp = await waitForChange(page, smiling, 5);
    await setSlider(sliderOf(page, 'Blond hair'), 2);
    await waitForChange(page, madeUp, 1);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save PNG' }).click();
    await (await download).path();
    // Chromium looks for the icon again when the address changes.
    expect(asked.filter((url) => !/^(blob|data):|\/icon\.svg$/.test(url))).toEqual([]);
    expect(await violations()).toEqual([]);
    await visit.context.unroute('**/*');
  });

  test('it holds: neither the page nor its Worker reaches another host', async () => {
    const reach = (): Promise<string> => {
      const refused = new Promise<string>((resolve) => {
        globalThis.addEventListener('securitypolicyviolation', (event) =>
          resolve((event as SecurityPolicyViolationEvent).effectiveDirective),
        );
      });
      return fetch('https://elsewhere.invalid/').then(
        () => 'sent',
        () => refused,
      );
    };
    expect(await page.evaluate(reach)).toBe('connect-src');
    const workers = page.workers();
    expect(workers.length).toBeGreaterThan(0);
    for (const worker of workers) expect(await worker.evaluate(reach)).toBe('connect-src');
  });
});

async function openPortrait(page: Page): Promise<void> {
  const before = await paintedFace(page);
  await page.getByLabel('A picture of a face').setInputFiles(PORTRAIT);
  await page.getByText('portrait.jpg').waitFor();
  await waitForChange(page, before, 5);
}
