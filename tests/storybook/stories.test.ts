import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../browser/support/chromium.js';
import { type Book, type Entry, openBook, readEntries } from './book.js';
import { compareScreenshot } from './screenshot.js';

const entries = withoutBrowser ? [] : readEntries();
const stories = entries.filter(({ type }) => type === 'story');
const pages = entries.filter(({ type }) => type === 'docs');

describe.skipIf(withoutBrowser)('Storybook in Chromium', () => {
  let book: Book;
  beforeAll(async () => {
    book = await openBook();
  });
  afterAll(() => book?.close());

  test.each(stories)('$title, $name', async (story) => {
    expect(await book.show(story)).toEqual({ result: 'success', complaints: [] });
    expect(await book.inspect()).toEqual([]);
    // What the real model draws is the business of other tests.
    if (!story.title.startsWith('Live/')) {
      expect(await compareScreenshot(book.page, story.id)).toBeUndefined();
    }
  });

  test.each(pages)('page $title', async (page) => {
    expect(await book.read(page)).toEqual({ result: 'success', complaints: [] });
  });

  test('parts have their colours on a page that declares no color-scheme', async () => {
    const page = pages.find(({ title }) => title === 'Latent arithmetic');
    await book.read(page as Entry);
    const fill = book.page.locator('.fm-track-fill').first();
    const [scheme, colour] = await fill.evaluate((element) => [
      getComputedStyle(document.documentElement).colorScheme,
      getComputedStyle(element).backgroundColor,
    ]);
    expect(scheme).toBe('normal');
    expect(colour).toBe('rgb(191, 48, 23)');
  });
});
