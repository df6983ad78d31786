import { describe, expect, it } from 'vitest';
import { UsageError } from './failure.js';
import { readEdits, readNames } from './strengths.js';

describe('readEdits', () => {
  it('reads strengths and places, one by one or in a list', () => {
    expect(readEdits(['smiling=2', 'young=-1, beard=.5'], ['yaw=0'])).toEqual({
      smiling: 2,
      young: -1,
      beard: 0.5,
      yaw: { value: 0 },
    });
  });

  it.each([
    'smiling',
    '=2',
    'smiling=',
    'smiling=NaN',
    'smiling=Infinity',
    'smiling=0x10',
    'smiling=2px',
  ])('refuses %s', (text) => {
    expect(() => readEdits([text], [])).toThrow(UsageError);
  });

  it('refuses an attribute that is set twice, whatever its name', () => {
    expect(() => readEdits(['smiling=2'], ['smiling=1'])).toThrow('"smiling" is set twice');
    expect(readEdits(['constructor=1'], [])).toEqual({ constructor: 1 });
  });
});

describe('readNames', () => {
  it('splits lists', () => {
    expect(readNames(['male,young', ' beard '])).toEqual(['male', 'young', 'beard']);
  });
});
