import { describe, expect, it } from 'vitest';
import { createPixels, type Pixels } from '../image/pixels.js';
import { runAtOnce } from '../slices.js';
import { paste } from './paste.js';
import { planTransfer, prepareTransfer } from './transfer.js';

const SIDE = 128;
const HERE = { a: 1, b: 0, x0: 0, y0: 0 };

/** A face under hair, of which each column has its own lightness. */
function head(hairAt: (x: number) => number): Pixels {
  const picture = createPixels(SIDE, SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    const isFace = Math.hypot((x - 64) / 30, (y - 76) / 40) < 1;
    const isHair = Math.hypot((x - 64) / 50, (y - 66) / 56) < 1;
    const colour = isFace ? [210, 160, 130] : isHair ? Array(3).fill(hairAt(x)) : [90, 120, 150];
    picture.data.set([...colour, 255], i * 4);
  }
  return picture;
}

/** The bytes of a row of hair above the forehead, one for each column. */
function strands({ data }: Pixels): number[] {
  return Array.from({ length: 24 }, (_, i) => data[(24 * SIDE + 52 + i) * 4] as number);
}

describe('hair', () => {
  it.each<[string, number, number]>([
    ['black', 34, 0],
    ['nearly white', 215, 255],
  ])('that turns %s keeps its strands', (_, from, to) => {
    const photo = head((x) => from + (x % 4 < 2 ? -9 : 9));
    const base = runAtOnce(
      prepareTransfer(
        photo,
        head(() => from),
      ),
    );
    const plan = runAtOnce(
      planTransfer(
        base,
        head(() => to),
      ),
    );
    const [before, after] = [photo, runAtOnce(paste(photo, HERE, plan))].map(strands) as [
      number[],
      number[],
    ];
    const mean = (values: number[]): number => values.reduce((a, b) => a + b) / values.length;
    expect(Math.abs(mean(after) - to)).toBeLessThan(Math.abs(mean(before) - to) * 0.75);
    // Black and burnt out are patches in which nothing can be seen.
    expect(Math.min(...after)).toBeGreaterThan(0);
    expect(Math.max(...after)).toBeLessThan(255);
    expect(Math.max(...after) - Math.min(...after)).toBeGreaterThanOrEqual(4);
  });
});
