import { describe, expect, it } from 'vitest';
import { clamp, position, snapToZero, strengthAfterKey } from './slider-scale.js';

const range = [-3, 3] as const;

describe('the scale of a slider', () => {
  it('places strengths along the track', () => {
    expect(position(-3, range)).toBe(0);
    expect(position(0, [-1, 3])).toBe(0.25);
    expect(position(9, range)).toBe(1);
  });

  it('finds zero again', () => {
    expect(snapToZero(0.05)).toBe(0);
    expect(snapToZero(-0.3)).toBe(-0.3);
    expect(Object.is(clamp(-0.001, range), 0)).toBe(true);
  });

  it.each([
    ['ArrowRight', 1.1],
    ['ArrowLeft', 0.9],
    ['PageUp', 1.5],
    ['PageDown', 0.5],
    ['Home', -3],
    ['End', 3],
    ['Escape', 0],
  ])('%s leads from 1 to %f', (key, expected) => {
    expect(strengthAfterKey(key, 1, range, false)).toBe(expected);
  });

  it('turns the arrows around where text runs from right to left', () => {
    expect(strengthAfterKey('ArrowRight', 1, range, true)).toBe(0.9);
    expect(strengthAfterKey('ArrowUp', 1, range, true)).toBe(1.1);
  });

  it('leaves other keys alone and stays in range', () => {
    expect(strengthAfterKey('a', 1, range, false)).toBeUndefined();
    expect(strengthAfterKey('PageUp', 2.9, range, false)).toBe(3);
  });
});
