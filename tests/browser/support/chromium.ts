import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../../scripts/lib/chromium.mjs';

/** Where Chromium is, if it is installed. */
export const chromiumPath: string | undefined = findChromium();

/**
 * Whether the browser suite is left out: only where nobody is misled by it. On CI a missing
 * browser makes {@link launchChromium} fail instead.
 */
export const withoutBrowser: boolean = chromiumPath === undefined && !process.env.CI;

if (withoutBrowser) {
  console.warn('!!! No Chromium or Chrome was found: NOTHING IS TESTED IN A BROWSER. !!!');
}

/** A headless Chromium that asks for nothing on its own. */
export function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('CI needs Chromium for the browser suite');
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
