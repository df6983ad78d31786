import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { serve } from '../../../scripts/lib/static-server.mjs';
import { launchChromium } from './chromium.js';

const folder = fileURLToPath(new URL('../../../examples/website/dist', import.meta.url));

/** The built website on a free port of this machine, and a browser to visit it with. */
export interface Site {
  readonly origin: string;
  visit(options?: VisitOptions): Promise<Visit>;
  /** Ends the server, as if the network were cut; visits go on. */
  cut(): Promise<void>;
  close(): Promise<void>;
}

/** Options of {@link Site.visit}. */
export interface VisitOptions {
  /** Of the URL, with its `#`. */
  readonly hash?: string;
  readonly context?: BrowserContextOptions;
  /** Called before the page is opened, to cut or bend the network. */
  readonly prepare?: (context: BrowserContext) => Promise<unknown>;
}

/** One visitor with a profile of their own, and all that their browser did. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** The address of every request, Workers included. */
  readonly requests: readonly string[];
  /** Console errors, uncaught errors and unhandled rejections. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Serves the website and starts Chromium. */
export async function openSite(): Promise<Site> {
  if (!existsSync(folder)) throw new Error(`The website is not built: ${folder} is missing`);
  const browser = await launchChromium();
  const server = await serve({ folder });
  return {
    origin: new URL(server.url).origin,
    cut: () => server.close(),
    visit: (options) => visit(browser, server.url, options),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

async function visit(browser: Browser, url: string, options: VisitOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    ...options.context,
  });
  const requests: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await options.prepare?.(context);
  await page.goto(url + (options.hash ?? ''));
  return { page, context, requests, complaints, close: () => context.close() };
}
