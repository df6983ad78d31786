import { type Edits, parseDecimal } from '@facemorph/core';
import { UsageError } from './failure.js';

/**
 * The edits of a command line.
 * @param sets - Values of `--set`: `smiling=2` or `smiling=2,young=-1`, changes of score.
 * @param tos - Values of `--to`, likewise: scores to arrive at.
 * @throws {UsageError}
 */
export function readEdits(sets: readonly string[], tos: readonly string[]): Edits {
  const edits: Record<string, number | { readonly value: number }> = {};
  const add = (text: string, option: string, edit: (value: number) => Edits[string]): void => {
    for (const [name, value] of readPairs(text, option)) {
      if (Object.hasOwn(edits, name)) throw new UsageError(`"${name}" is set twice`);
      edits[name] = edit(value);
    }
  };
  for (const text of sets) add(text, '--set', (value) => value);
  for (const text of tos) add(text, '--to', (value) => ({ value }));
  return edits;
}

function readPairs(text: string, option: string): [name: string, value: number][] {
  return splitList(text).map((part) => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(part) ?? [];
    if (name === undefined || value === undefined) {
      throw new UsageError(
        `Expected name=number for ${option} but received "${part}"`,
        `Write ${option} smiling=2.`,
      );
    }
    const number = parseDecimal(value.trim());
    if (number !== undefined) return [name.trim(), number];
    throw new UsageError(
      `Expected a finite number for strength "${name.trim()}" but received "${value}"`,
      `Write ${option} ${name.trim()}=2.`,
    );
  });
}

/** Names of `--keep male,young --keep beard`. */
export function readNames(values: readonly string[]): string[] {
  return values.flatMap(splitList);
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
