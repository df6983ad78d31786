import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../browser/support/chromium.js';
import { type Book, openBook, readEntries } from './book.js';
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
});
