import { expect, test } from 'vitest';
import { showUrl } from './show-url.js';

test.each([
  [
    'https://me:secret@host.test:8080/a/b.jpg?signature=secret#secret',
    'https://host.test:8080/a/b.jpg',
  ],
  ['file:///home/me/a.jpg?x#y', 'file:///home/me/a.jpg'],
  ['data:image/png;base64,AAAA', 'the data: URL'],
  ['blob:https://host.test/1234', 'the blob: URL'],
])('%s', (href, shown) => {
  expect(showUrl(new URL(href))).toBe(shown);
});
