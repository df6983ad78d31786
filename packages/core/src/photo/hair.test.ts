import { describe, expect, it } from 'vitest';
import { hairPlaces, recolouringOf } from './hair.js';

const SIZE = { width: 128, height: 128 };
const PLACES = hairPlaces(SIZE, 0);

/** A change of L alone. */
function change(at: (x: number, y: number) => number): Float32Array[] {
  const light = Float32Array.from({ length: 128 * 128 }, (_, i) =>
    at(i % 128, Math.floor(i / 128)),
  );
  return [light, new Float32Array(light.length), new Float32Array(light.length)];
}

const isHair = (x: number, y: number): boolean => Math.hypot((x - 64) / 34, (y - 73) / 46) > 1;

describe('recolouringOf', () => {
  it('is an edit that changes all hair alike', () => {
    const { amount, along } = recolouringOf(
      change((x, y) => (isHair(x, y) ? 0.2 : 0)),
      SIZE,
      PLACES,
    );
    expect(amount).toBe(1);
    expect(along[12 * 128 + 64]).toBeCloseTo(1, 0);
    expect(along[80 * 128 + 64]).toBeCloseTo(0, 2);
  });

  it('is no edit that lays bare the skin', () => {
    const [light, red, yellow] = change(() => 0.2) as [Float32Array, Float32Array, Float32Array];
    expect(recolouringOf([light, red.map(() => 0.02), yellow], SIZE, PLACES).amount).toBe(0);
    expect(recolouringOf([light, red, yellow.map(() => 0.02)], SIZE, PLACES).amount).toBe(1);
  });

  it.each<[string, (x: number, y: number) => number]>([
    ['no hair', (x, y) => (isHair(x, y) ? 0 : 0.2)],
    ['hair by next to nothing', () => 0.01],
    ['a part of it, as bangs or a hat', (x, y) => (y < 20 && x > 70 ? -0.3 : 0)],
    ['places this way and that', (x, y) => (((x >> 2) + (y >> 2)) % 2 === 0 ? 0.3 : -0.2)],
  ])('is no edit that changes %s', (_, at) => {
    expect(recolouringOf(change(at), SIZE, PLACES).amount).toBe(0);
  });
});
