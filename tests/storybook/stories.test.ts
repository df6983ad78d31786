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

  test('in forced colours, what is chosen is told from what is not', async () => {
    const story = stories.find(({ id }) => id === 'facemorpher--ready');
    await book.page.emulateMedia({ forcedColors: 'active' });
    await book.show(story as Entry);
    const colours = (selector: string, property: string): Promise<string[]> =>
      book.page
        .locator(selector)
        .evaluateAll(
          (elements, name) =>
            elements.map((element) => getComputedStyle(element).getPropertyValue(name)),
          property,
        );
    const differ = async (chosen: string, others: string, property: string): Promise<void> => {
      const [own] = await colours(chosen, property);
      const rest = await colours(others, property);
      expect(own).toBeDefined();
      expect(rest.length).toBeGreaterThan(0);
      expect(rest).not.toContain(own);
    };
    await differ('.fm-choice:has(:checked)', '.fm-choice:not(:has(:checked))', 'background-color');
    await differ(
      '.fm-tab[aria-selected="true"]',
      '.fm-tab:not([aria-selected="true"])',
      'border-bottom-color',
    );
    await differ('.fm-legend i:not(.fm-legend-step)', 'body', 'background-color');
    await book.page.emulateMedia({ forcedColors: 'none' });
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
