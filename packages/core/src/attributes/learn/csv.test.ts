import { expect, it } from 'vitest';
import { parseCsv } from './csv.js';

const cellsOf = (text: string) => parseCsv(text).rows.map(({ cells }) => cells);

it('reads what spreadsheets save', () => {
  expect(cellsOf('picture,age\r\na.jpg,34\r\n')).toEqual([
    ['picture', 'age'],
    ['a.jpg', '34'],
  ]);
  expect(cellsOf('picture;"how old, about"\na.jpg;34')).toEqual([
    ['picture', 'how old, about'],
    ['a.jpg', '34'],
  ]);
  expect(cellsOf('\uFEFFpicture\tage\n"a, b.jpg"\t 34 ')).toEqual([
    ['picture', 'age'],
    ['a, b.jpg', '34'],
  ]);
  expect(cellsOf('"the ""big"" one.jpg",3')).toEqual([['the "big" one.jpg', '3']]);
});

it('counts lines as an editor does, empty ones too', () => {
  expect(parseCsv('picture,age\n\na.jpg,1\n').rows).toEqual([
    { line: 1, cells: ['picture', 'age'] },
    { line: 3, cells: ['a.jpg', '1'] },
  ]);
  expect(parseCsv('')).toEqual({ delimiter: ',', rows: [] });
});
