import { describe, expect, it } from 'vitest';
import { parseLabels } from './parse-labels.js';

const read = (text: string, column?: string) =>
  parseLabels(text, { column }).map(({ picture, value }) => [picture, value]);

describe('pictures and numbers', () => {
  it.each([
    [
      'a.jpg,34\nb.jpg,-1e2',
      [
        ['a.jpg', 34],
        ['b.jpg', -100],
      ],
    ],
    ['picture,age\r\na.jpg,34\r\n', [['a.jpg', 34]]],
    [
      '\uFEFFphotos/A.JPG;34,5;F\n"b; c.jpg";.5;M',
      [
        ['photos/A.JPG', 34.5],
        ['b; c.jpg', 0.5],
      ],
    ],
    ['a.jpg\t1,5\t2', [['a.jpg', 1.5]]],
    ['a.jpg,34,5', [['a.jpg', 34]]],
    ['', []],
  ])('%j are read', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('are read from the column that is asked for', () => {
    expect(read('picture,size,age\na.jpg,1,34', 'age')).toEqual([['a.jpg', 34]]);
  });

  it.each(['picture,age\na.jpg,34', '34,a.jpg', ''])(
    'are refused: %j has no column size',
    (text) => {
      expect(() => parseLabels(text, { column: 'size' })).toThrow(
        expect.objectContaining({ code: 'EXAMPLES_INVALID' }),
      );
    },
  );

  it('keep the line and the words of what is no number', () => {
    expect(parseLabels('photo,age\n\na.jpg,old\nb.jpg\nc.jpg,Infinity\nd.jpg,0x10\n,35')).toEqual([
      { line: 3, picture: 'a.jpg', value: undefined, cell: 'old' },
      { line: 4, picture: 'b.jpg', value: undefined, cell: '' },
      { line: 5, picture: 'c.jpg', value: undefined, cell: 'Infinity' },
      { line: 6, picture: 'd.jpg', value: undefined, cell: '0x10' },
      { line: 7, picture: '', value: 35, cell: '35' },
    ]);
  });
});
