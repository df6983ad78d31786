import type { Browser, BrowserContext, Page } from 'playwright-core';

/** A page of the server of built files, in which `globalThis.testing` is a promise of core's testing entry. */
export async function openCorePage(owner: Browser | BrowserContext, url: string): Promise<Page> {
  const page = await owner.newPage();
  await page.goto(url);
  await page.addScriptTag({
    type: 'module',
    content: "globalThis.testing = import('/core/testing.js')",
  });
  await page.waitForFunction(() => 'testing' in globalThis);
  return page;
}
