import { parseArgs as tokenize } from 'node:util';
import { parseDecimal, suggestName } from '@facemorph/core';
import { type ArgsDef, type ParsedArgs, parseArgs } from 'citty';
import { UsageError } from './failure.js';

/** The command line of one command, checked. */
export interface Arguments<T extends ArgsDef = ArgsDef> {
  /** The last value of each option. */
  readonly options: ParsedArgs<T>;
  readonly positionals: readonly string[];
  /** Every value of an option that may be repeated. */
  all(name: keyof T & string): readonly string[];
}

/** How many words that are no options a command takes. */
export type Arity = readonly [least: number, most: number];

/**
 * Reads a command line strictly: citty alone would pass over unknown options, missing values and
 * words too many.
 * @throws {UsageError}
 */
export function readArguments<T extends ArgsDef>(
  rawArgs: readonly string[],
  definitions: T,
  arity: Arity,
): Arguments<T> {
  const args = [...rawArgs];
  const { tokens } = tokenize({
    args,
    options: tokenizerOptions(definitions),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const value = checkOption(token, definitions);
    if (value !== undefined) values.set(token.name, [...(values.get(token.name) ?? []), value]);
  }
  checkCount(positionals, definitions, arity);
  return {
    options: parseArgs<T>(args, optionsOnly(definitions)),
    positionals,
    all: (name) => values.get(name) ?? [],
  };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function checkOption(token: OptionToken, definitions: ArgsDef): string | undefined {
  const { name, rawName, value } = token;
  const definition = definitions[name] ?? negated(name, definitions);
  if (!definition || definition.type === 'positional') throw unknownOption(rawName, definitions);
  if (definition.type === 'boolean') {
    if (value === undefined) return undefined;
    throw new UsageError(`${rawName} takes no value`);
  }
  if (value === undefined || value === '' || (!token.inlineValue && value.startsWith('--'))) {
    throw new UsageError(
      `${rawName} needs a value`,
      `Write ${rawName} <${valueName(definition)}>.`,
    );
  }
  if (definition.type === 'enum' && !definition.options?.includes(value)) {
    throw new UsageError(
      `Expected ${definition.options?.join(', ')} for ${rawName} but received "${value}"`,
    );
  }
  return value;
}

/** The option that `--no-name` turns off: a switch that is on by default. */
function negated(name: string, definitions: ArgsDef): ArgsDef[string] | undefined {
  const definition = name.startsWith('no-') ? definitions[name.slice(3)] : undefined;
  return definition?.type === 'boolean' && definition.default === true ? definition : undefined;
}

function unknownOption(rawName: string, definitions: ArgsDef): UsageError {
  const meant = suggestName(rawName.replace(/^-+/, ''), Object.keys(optionsOnly(definitions)));
  return new UsageError(
    `Unknown option ${rawName}`,
    meant ? `Did you mean --${meant}?` : 'See --help for the options.',
  );
}

function checkCount(words: readonly string[], definitions: ArgsDef, [least, most]: Arity): void {
  if (words.length > most) {
    throw new UsageError(`Unexpected "${words[most]}"`, 'See --help for what may stand here.');
  }
  if (words.length >= least) return;
  const names = Object.keys(definitions).filter((name) => definitions[name]?.type === 'positional');
  const missing = names[Math.min(words.length, names.length - 1)] ?? 'argument';
  throw new UsageError(`Missing ${missing.toUpperCase()}`, 'See --help for examples.');
}

function tokenizerOptions(
  definitions: ArgsDef,
): Record<string, { type: 'string' | 'boolean'; short?: string; multiple: true }> {
  return Object.fromEntries(
    Object.entries(optionsOnly(definitions)).map(([name, definition]) => {
      const short = 'alias' in definition ? [definition.alias ?? []].flat()[0] : undefined;
      const type = definition.type === 'boolean' ? 'boolean' : 'string';
      return [name, { type, multiple: true, ...(short === undefined ? {} : { short }) }];
    }),
  );
}

function optionsOnly<T extends ArgsDef>(definitions: T): T {
  const entries = Object.entries(definitions).filter(([, { type }]) => type !== 'positional');
  return Object.fromEntries(entries) as T;
}

function valueName(definition: ArgsDef[string]): string {
  return definition.valueHint ?? 'value';
}

/** What numbers an option takes. */
export interface NumberLimits {
  readonly least: number;
  readonly most: number;
  readonly whole?: boolean;
}

/**
 * A number that was written on the command line, or `undefined` when it was not.
 * @throws {UsageError}
 */
export function readNumber(
  text: string | undefined,
  option: string,
  { least, most, whole = false }: NumberLimits,
): number | undefined {
  if (text === undefined) return undefined;
  const value = parseDecimal(text);
  if (value !== undefined && value >= least && value <= most && (!whole || Number.isInteger(value)))
    return value;
  const kind = whole ? 'a whole number' : 'a number';
  throw new UsageError(
    `Expected ${kind} from ${least} to ${most} for --${option} but received "${text}"`,
  );
}
