import { describe, expect, it } from 'vitest';
import { inverseNormal, naturalLog } from './normal.js';
import { createRandom, fromState, splitMix64 } from './random.js';

describe('random', () => {
  it('gives the published xoshiro128** sequence (rand_xoshiro, state 1 2 3 4)', () => {
    const random = fromState([1, 2, 3, 4]);
    const published = [
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
      4258142804,
    ];
    expect(published.map(() => random.uint32())).toEqual(published);
  });

  it('gives the published SplitMix64 sequence (seed 1234567)', () => {
    const next = splitMix64(1234567n);
    const published = [
      6457827717110365317n,
      3203168211198807973n,
      9817491932198370423n,
      4593380528125082431n,
      16408922859458223821n,
    ];
    expect(published.map(() => next())).toEqual(published);
  });

  it('keeps its own stream: these numbers decide every seeded sample', () => {
    const random = createRandom(7);
    expect([random.uint32(), random.uint32(), random.uint32()]).toMatchInlineSnapshot(`
      [
        1801096769,
        1554325924,
        2992800842,
      ]
    `);
    expect([random.normal(), random.normal()]).toMatchInlineSnapshot(`
      [
        0.9766333241393755,
        -0.7018036704053305,
      ]
    `);
  });

  it('has mean 0, variance 1 and normal tails', () => {
    const random = createRandom(1);
    const values = Array.from({ length: 100_000 }, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    const beyondTwo = values.filter((value) => Math.abs(value) > 2).length / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.015);
    expect(Math.abs(variance - 1)).toBeLessThan(0.02);
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.003);
  });

  it('differs by seed, also between large ones', () => {
    const firsts = [0, 1, 2, 2 ** 32, 2 ** 53 - 1].map((seed) => createRandom(seed).uint32());
    expect(new Set(firsts).size).toBe(5);
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY])('refuses seed %s', (seed) => {
    expect(() => createRandom(seed)).toThrow(/whole number from 0 to 2\^53 - 1 for seed/);
  });
});

describe('inverseNormal', () => {
  // PPND16 of AS 241 at 0.25 and 1e-3 and 1e-20 (published); the rest from Python's statistics.
  it.each([
    [0.25, -0.6744897501960817],
    [0.001, -3.090232306167813],
    [1e-20, -9.262340089798405],
    [0.5, 0.0],
    [0.0749, -1.4402382675279632],
    [0.0751, -1.4388253927525398],
    [0.3, -0.5244005127080407],
    [0.9, 1.2815515655446008],
    [0.93, 1.4757910281791708],
    [0.999999, 4.753424308817089],
    [1e-12, -7.034483825301132],
    [1e-11, -6.706023155495136],
    [1.1102230246251565e-16, -8.209536151601386],
    [0.6, 0.2533471031357998],
  ])('at %s is %s', (p, expected) => {
    expect(Math.abs(inverseNormal(p) - expected)).toBeLessThanOrEqual(4e-15 * Math.abs(expected));
  });
});

describe('naturalLog', () => {
  it.each([1, 2, 0.5, 1e-300, 3.7, 1e10, 0.999999, 1.000001, 2 ** -52])('of %s', (value) => {
    const expected = Math.log(value);
    expect(Math.abs(naturalLog(value) - expected)).toBeLessThanOrEqual(4e-16 * Math.abs(expected));
  });
});
