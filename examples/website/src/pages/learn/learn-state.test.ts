import { describe, expect, test } from 'vitest';
import { faceRef } from '../../faces/face-ref.js';
import { nameOf, parseLearn } from './learn-state.js';

test.each([
  ['Freckles', 'freckles'],
  ['Round glasses!', 'round_glasses'],
  ['Müde Augen', 'mude_augen'],
  ['笑顔', 'my_slider'],
  ['', 'my_slider'],
  ['x'.repeat(200), 'x'.repeat(64)],
])('the name of %o is %s', (label, name) => {
  expect(nameOf(label)).toBe(name);
});

describe('the piles in a link', () => {
  test('are read', () => {
    const state = parseLearn(new URLSearchParams('label=Tired&with=7.1,7.2&without=8.3,nobody'));
    expect(state).toEqual({
      by: 'piles',
      label: 'Tired',
      with: [faceRef(7, 1), faceRef(7, 2)],
      without: [faceRef(8, 3)],
    });
  });

  test('may be empty', () => {
    expect(parseLearn(new URLSearchParams())).toEqual({
      by: 'piles',
      label: '',
      with: [],
      without: [],
    });
  });
});
