import { describe, expect, test } from 'vitest';
import { keyOf, parseNumbers, standingOf } from './numbers.js';

describe('a table of photos and numbers', () => {
  test.each([
    [
      'a.jpg,34\nb.jpg,51',
      [
        ['a.jpg', 34],
        ['b.jpg', 51],
      ],
    ],
    ['picture,age\r\na.jpg,34\r\n', [['a.jpg', 34]]],
    [
      '\uFEFFphotos/A.JPG;34,5;F\n"b; c.jpg";-1e2;M',
      [
        ['a.jpg', 34.5],
        ['b; c.jpg', -100],
      ],
    ],
    [
      'a.jpg\t 34 \n\nC:\\photos\\b.jpg\t.5',
      [
        ['a.jpg', 34],
        ['b.jpg', 0.5],
      ],
    ],
    ['"the ""big"" one.jpg", "3"', [['the "big" one.jpg', 3]]],
    ['a.jpg,34,5', [['a.jpg', 34]]],
    ['', []],
  ])('%j is read', (text, expected) => {
    const { values, unread } = parseNumbers(text);
    expect([...values]).toEqual(expected);
    expect(unread).toEqual([]);
  });

  test('names the lines that it cannot read, and a photo that comes again', () => {
    const text = 'photo,age\na.jpg,34\n\nb.jpg,old\nc.jpg\na.jpg,35\nd.jpg,Infinity\ne.jpg,1';
    const { values, unread } = parseNumbers(text);
    expect([...values]).toEqual([
      ['a.jpg', 34],
      ['e.jpg', 1],
    ]);
    expect(unread).toEqual([4, 5, 6, 7]);
  });
});

test('a photo is found in any folder and case, and with marks above its letters', () => {
  expect(keyOf('Photos/Zoe\u0308.JPG')).toBe(keyOf('zo\u00eb.jpg'));
});

test('photos and numbers that do not fit together are named', () => {
  const table = parseNumbers('a.jpg,1\nb.jpg,2\nc.jpg,3\nold');
  expect(standingOf([], table, 2)).toBe(
    '2 photos with a number are needed at least; 0 are there. Not a photo and a number: line 4.',
  );
  expect(
    standingOf(['A.jpg', 'b.jpg', 'c.jpg'], parseNumbers('a.jpg,1\nb.jpg,2\nc.jpg,3'), 2),
  ).toBe('3 photos have their number.');
  expect(standingOf(['a.jpg', 'b.jpg', 'd.jpg', 'e.jpg', 'f.jpg', 'g.jpg'], table, 2)).toBe(
    '2 photos have their number. Without a number: d.jpg, e.jpg, f.jpg and 1 more. ' +
      'Not among the photos: c.jpg. Not a photo and a number: line 4.',
  );
});
