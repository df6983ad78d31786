import type { ArgsDef } from 'citty';
import { describe, expect, it } from 'vitest';
import { readArguments, readNumber } from './arguments.js';

const definitions = {
  input: { type: 'positional' },
  set: { type: 'string', alias: 's', valueHint: 'name=number' },
  path: { type: 'enum', options: ['linear', 'spherical'] },
  aligned: { type: 'boolean', alias: 'a' },
} as const satisfies ArgsDef;

const read = (...words: string[]) => readArguments(words, definitions, [1, 2]);

describe('readArguments', () => {
  it('reads options in every spelling, and all values of a repeated one', () => {
    const args = read('-s', 'a=1', 'x.jpg', '--set=b=-2', '--set', 'c=3', '-a', '-');
    expect(args.positionals).toEqual(['x.jpg', '-']);
    expect(args.all('set')).toEqual(['a=1', 'b=-2', 'c=3']);
    expect(args.options.aligned).toBe(true);
    expect(args.options.path).toBeUndefined();
  });

  it('takes what follows -- for inputs', () => {
    expect(read('--', '--set').positionals).toEqual(['--set']);
  });

  it.each([
    [['x', '--alined'], 'Unknown option --alined'],
    [['x', '-z'], 'Unknown option -z'],
    [['x', '--input=y'], 'Unknown option --input'],
    [['x', '--set'], '--set needs a value'],
    [['x', '--set', '--aligned'], '--set needs a value'],
    [['x', '--aligned=no'], '--aligned takes no value'],
    [['x', '--path', 'round'], 'Expected linear, spherical for --path'],
    [[], 'Missing INPUT'],
    [['x', 'y', 'z'], 'Unexpected "z"'],
  ])('refuses %j', (words, message) => {
    expect(() => read(...words)).toThrow(message);
  });
});

describe('readNumber', () => {
  it('checks range and kind', () => {
    expect(readNumber('7', 'seed', { least: 0, most: 9, whole: true })).toBe(7);
    expect(readNumber(undefined, 'seed', { least: 0, most: 9 })).toBeUndefined();
    for (const text of ['10', '-1', '1.5', 'NaN', '']) {
      expect(() => readNumber(text, 'seed', { least: 0, most: 9, whole: true })).toThrow('--seed');
    }
  });
});
