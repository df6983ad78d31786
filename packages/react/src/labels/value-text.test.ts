import { expect, it } from 'vitest';
import { shownScore, shownStrength, spokenScore, spokenStrength } from './value-text.js';

it('shows strengths with their sign', () => {
  expect(shownStrength(1.5)).toBe('+1.5');
  expect(shownStrength(-0.84)).toBe('\u22120.8');
  expect(shownStrength(0.04)).toBe('0');
});

it('speaks strengths as words', () => {
  expect(spokenStrength('Smile', 1.5)).toBe('Smile, plus 1.5, strong');
  expect(spokenStrength('Smile', -0.3)).toBe('Smile, minus 0.3, slight');
  expect(spokenStrength('Smile', 3)).toBe('Smile, plus 3.0, extreme');
  expect(spokenStrength('Smile', 0)).toBe('Smile, as it is');
});

it('counts scores from the average face', () => {
  expect([1.52, -0.8, 0.01].map(shownScore)).toEqual(['1.5', '\u22120.8', '0']);
  expect(spokenScore('Smile', 1.52)).toBe('Smile, 1.5 above average');
  expect(spokenScore('Smile', -0.8)).toBe('Smile, 0.8 below average');
  expect(spokenScore('Smile', 0)).toBe('Smile, average');
});
