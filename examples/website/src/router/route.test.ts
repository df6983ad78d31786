import { describe, expect, test } from 'vitest';
import { formatRoute, PAGES, parseRoute } from './route.js';

describe('routes', () => {
  test('a page and its state', () => {
    const { page, query } = parseRoute('#/edit?seed=7&smiling=1.5&keep=male,young');
    expect(page).toBe('edit');
    expect(Object.fromEntries(query)).toEqual({ seed: '7', smiling: '1.5', keep: 'male,young' });
  });

  test.each(['', '#', '#/', '#/nowhere', '#/nowhere?seed=7', '#/__proto__', '#/%'])(
    '%o is the first page',
    (hash) => {
      expect(parseRoute(hash).page).toBe(PAGES[0]);
    },
  );

  test('a state may hold question marks', () => {
    expect(parseRoute('#/edit?name=what?').query.get('name')).toBe('what?');
  });

  test.each(PAGES)('%s is found again from its own hash', (page) => {
    const query = new URLSearchParams({ faces: '7.3,7.4~2', x: '0.5' });
    const hash = formatRoute(page, query);
    expect(hash).toBe(`#/${page}?faces=7.3,7.4~2&x=0.5`);
    expect(parseRoute(hash)).toEqual({ page, query });
  });
});
