import { createPixels, type Pixels } from '@facemorph/core';
import { describe, expect, it } from 'vitest';
import { contactSheet } from './sheet.js';

function plain(level: number): Pixels {
  const pixels = createPixels(2, 3);
  pixels.data.fill(level);
  return pixels;
}

describe('contactSheet', () => {
  it('is about square, in rows from the left, white elsewhere', () => {
    const sheet = contactSheet([10, 20, 30].map(plain), { gap: 1 });
    expect([sheet.width, sheet.height]).toEqual([2 * 3 + 1, 2 * 4 + 1]);
    const red = (x: number, y: number) => sheet.data[(y * sheet.width + x) * 4];
    expect([red(1, 1), red(4, 1), red(1, 5)]).toEqual([10, 20, 30]);
    expect([red(0, 0), red(3, 1), red(4, 5), red(6, 8)]).toEqual([255, 255, 255, 255]);
  });

  it('takes a number of columns', () => {
    const sheet = contactSheet([1, 2, 3].map(plain), { columns: 3, gap: 0 });
    expect([sheet.width, sheet.height]).toEqual([6, 3]);
  });
});
