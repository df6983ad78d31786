import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLabelsFile } from './labels-file.js';

const folder = mkdtempSync(join(tmpdir(), 'facemorph-labels-'));
const at = (...names: string[]): string => join(folder, ...names);

beforeAll(() => {
  mkdirSync(at('photos'));
  for (const name of ['a.jpg', 'b, c.jpg']) writeFileSync(at('photos', name), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Reads a table that holds this text. */
function read(text: string, options: { column?: string } = {}) {
  writeFileSync(at('ages.csv'), text);
  return readLabelsFile(at('ages.csv'), { folder: at('photos'), ...options });
}

describe('a table of pictures and numbers', () => {
  const both = { pictures: [at('photos', 'a.jpg'), at('photos', 'b, c.jpg')], values: [34, -1.5] };

  it('is read by its second column, with a heading and without', async () => {
    expect(await read('a.jpg,34\n"b, c.jpg",-1.5\n')).toEqual(both);
    expect(await read('picture,age\na.jpg,34\n\n"b, c.jpg",-1.5')).toEqual(both);
  });

  it('is read by the column that is asked for', async () => {
    const text = 'picture,size,age\na.jpg,1,34\n"b, c.jpg",2,-1.5\n';
    expect(await read(text, { column: 'age' })).toEqual(both);
    expect((await read(text)).values).toEqual([1, 2]);
  });

  it('lies beside its pictures when no folder is said', async () => {
    writeFileSync(at('photos', 'ages.csv'), 'a.jpg,34\n');
    const { pictures } = await readLabelsFile(at('photos', 'ages.csv'));
    expect(pictures).toEqual([at('photos', 'a.jpg')]);
  });

  it.each([
    ['picture,age\na.jpg,NaN', undefined, /line 2: .*not "a\.jpg" and "NaN"/],
    ['a.jpg,34\na.jpg', undefined, /line 2: .*not "a\.jpg" and ""/],
    ['a.jpg,34\n,35', undefined, /line 2: .*not "" and "35"/],
    ['a.jpg,34\n\ngone.jpg,35', undefined, /line 3: there is no picture .*gone\.jpg/],
    ['a.jpg,34', 'age', /no column "age"/],
    ['age,picture\n34,a.jpg', 'age', /no column "age"/],
    ['picture,age\n', undefined, /no pictures in/],
    ['', undefined, /no pictures in/],
  ])('is refused: %j, column %s', async (text, column, message) => {
    await expect(read(text, column === undefined ? {} : { column })).rejects.toThrow(
      expect.objectContaining({
        code: 'EXAMPLES_INVALID',
        message: expect.stringMatching(message),
      }),
    );
  });

  it('has to be there', async () => {
    await expect(readLabelsFile(at('none.csv'))).rejects.toThrow(/Cannot read the table/);
  });
});
