import { describe, expect, it } from 'vitest';
import { runAtOnce } from '../slices.js';
import { createPixels } from './pixels.js';
import { shrink } from './shrink.js';

describe('shrink', () => {
  it('averages blocks and drops what is left over', () => {
    const picture = createPixels(5, 4);
    for (let i = 0; i < 20; i++) picture.data.set([i * 10, 100, 255 - i, 255], i * 4);
    const small = runAtOnce(shrink(picture, 2));
    expect([small.width, small.height]).toEqual([2, 2]);
    // Pixels 0, 1, 5, 6.
    expect([...small.data.subarray(0, 4)]).toEqual([30, 100, 252, 255]);
  });

  it('lays transparent parts on black', () => {
    const picture = createPixels(2, 2);
    picture.data.set([200, 100, 40, 255], 0);
    expect([...runAtOnce(shrink(picture, 2)).data]).toEqual([50, 25, 10, 255]);
  });
});
