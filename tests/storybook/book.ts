import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { serve } from '../../scripts/lib/static-server.mjs';
import { launchChromium } from '../browser/support/chromium.js';

const folder = fileURLToPath(new URL('../../storybook-static', import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page of the book. */
export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly name: string;
  readonly type: 'story' | 'docs';
  readonly tags: readonly string[];
}

/** All stories and pages of the built Storybook. */
export function readEntries(): readonly Entry[] {
  const index = `${folder}/index.json`;
  if (!existsSync(index)) throw new Error('Storybook is not built: npm run build');
  return Object.values<Entry>(JSON.parse(readFileSync(index, 'utf8')).entries);
}

/** What became of an entry. */
export interface Outcome {
  /** `success`, or what was thrown while it was rendered or played. */
  readonly result: string;
  /** What the console and nobody's `catch` were told. */
  readonly complaints: readonly string[];
}

/** The built Storybook in Chromium. */
export interface Book {
  readonly page: Page;
  /** Shows a story and plays it to its end. */
  show(story: Entry): Promise<Outcome>;
  /** Opens a page of documentation. */
  read(page: Entry): Promise<Outcome>;
  /** What axe has to say about what is shown: rule and elements. */
  inspect(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Opens the built Storybook. Stories are switched as its sidebar does, without a reload. */
export async function openBook(): Promise<Book> {
  const server = await serve({ folder, inlineScripts: true });
  const browser = await launchChromium();
  const context = await browser.newContext({
    viewport: { width: 1200, height: 800 },
    reducedMotion: 'reduce',
    colorScheme: 'light',
  });
  const page = await context.newPage();
  let complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(brief(message.text()));
  });
  page.on('pageerror', (error) => complaints.push(brief(String(error))));
  await page.goto(`${server.url}iframe.html`);
  await page.waitForFunction(() => '__STORYBOOK_ADDONS_CHANNEL__' in globalThis);
  await page.addScriptTag({ content: axe });

  return {
    page,
    async show({ id }) {
      complaints = [];
      const result = await page.evaluate(showInPage, id);
      return { result: brief(result), complaints };
    },
    async read({ id }) {
      complaints = [];
      await page.goto(`${server.url}iframe.html?viewMode=docs&id=${id}`);
      const text = page.locator('#storybook-docs h1, .sb-errordisplay:visible').first();
      await text.waitFor({ timeout: 60_000 });
      // Examples on the page are drawn after its text: what they complain of is this page's.
      await page.waitForLoadState('networkidle');
      const failed = await page.locator('.sb-errordisplay').isVisible();
      return {
        result: failed ? brief((await page.textContent('body')) ?? '') : 'success',
        complaints,
      };
    },
    inspect: () => page.evaluate(inspectInPage),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** Testing Library adds the whole document to what it says. */
function brief(message: string): string {
  return message.split('Ignored nodes:')[0]?.trim() ?? '';
}

interface Channel {
  on(name: string, listener: (event: unknown) => void): void;
  off(name: string, listener: (event: unknown) => void): void;
  emit(name: string, event: unknown): void;
}

/** Runs in the page: must not use anything from outside. */
function showInPage(id: string): Promise<string> {
  const channel = (globalThis as unknown as { __STORYBOOK_ADDONS_CHANNEL__: Channel })
    .__STORYBOOK_ADDONS_CHANNEL__;
  let reason = '';
  const failures = ['playFunctionThrewException', 'storyThrewException', 'storyErrored'];
  const note = (event: unknown): void => {
    const { name, message } = event as { name?: string; message?: string };
    reason ||= `${name ?? 'Error'}: ${message ?? JSON.stringify(event)}`;
  };
  for (const name of [...failures, 'storyMissing']) channel.on(name, note);
  return new Promise((resolve) => {
    const finish = (result: string): void => {
      for (const name of [...failures, 'storyMissing']) channel.off(name, note);
      channel.off('storyFinished', onFinished);
      clearTimeout(patience);
      resolve(result);
    };
    const onFinished = (event: unknown): void => {
      const { storyId, status } = event as { storyId: string; status: string };
      if (storyId === id) finish(reason || status);
    };
    const patience = setTimeout(() => finish(reason || 'it never came to an end'), 75_000);
    channel.on('storyFinished', onFinished);
    // One that is shown already would stay as it is.
    const name = document.title === id ? 'forceRemount' : 'setCurrentStory';
    channel.emit(name, { storyId: id, viewMode: 'story' });
  });
}

/** Runs in the page: must not use anything from outside. */
async function inspectInPage(): Promise<string[]> {
  const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
  const { violations } = await axe.run(document.body, {
    resultTypes: ['violations'],
    // Rules for whole pages: a story is a part of one.
    rules: Object.fromEntries(
      ['region', 'page-has-heading-one', 'landmark-one-main'].map((rule) => [
        rule,
        { enabled: false },
      ]),
    ),
  });
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}
