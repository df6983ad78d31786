import { describeValue, FaceMorphError, type FaceMorphErrorCode } from './errors.js';

/** What kind of file is read, for its errors. */
export interface FileKind {
  /** Such as `attribute file`. */
  readonly name: string;
  /** The code of all refusals. */
  readonly code: FaceMorphErrorCode;
  /** What to do about a field that is wrong. */
  readonly hint: string;
}

/** The JSON of a file: parsed already, its text, or its bytes in UTF-8. @throws the kind's code */
export function parseJson(input: unknown, kind: FileKind): unknown {
  if (typeof input !== 'string' && !(input instanceof Uint8Array)) return input;
  try {
    return JSON.parse(typeof input === 'string' ? input : new TextDecoder().decode(input));
  } catch (cause) {
    throw new FaceMorphError(kind.code, `The ${kind.name} is not valid JSON`, {
      hint: `Check that the file is complete and really a ${kind.name}.`,
      cause,
    });
  }
}

/** Reads fields of untrusted JSON and names the field in every refusal. */
export class FieldReader {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #kind: FileKind;
  readonly #path: string;

  /** @param path - Where in the file the value stands; nothing for the whole of it. */
  constructor(value: unknown, kind: FileKind, path = '') {
    this.#kind = kind;
    this.#path = path;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw invalidField(kind, path || kind.name, 'an object', value);
    }
    this.#value = value as Record<string, unknown>;
  }

  invalid(field: string, expected: string, actual: unknown, hint?: string): FaceMorphError {
    return invalidField(this.#kind, this.#at(field), expected, actual, hint);
  }

  has(field: string): boolean {
    return Object.hasOwn(this.#value, field) && this.#value[field] !== undefined;
  }

  string(field: string): string {
    const value = this.#get(field);
    if (typeof value !== 'string') throw this.invalid(field, 'a string', value);
    return value;
  }

  text(field: string): string {
    const value = this.string(field);
    if (value.trim() === '') throw this.invalid(field, 'text', value);
    return value;
  }

  match(field: string, pattern: RegExp, expected: string): string {
    const value = this.string(field);
    if (!pattern.test(value)) throw this.invalid(field, expected, value);
    return value;
  }

  literal(field: string, expected: string | boolean): void {
    const value = this.#get(field);
    if (value !== expected) throw this.invalid(field, JSON.stringify(expected), value);
  }

  oneOf<T extends string>(field: string, choices: readonly T[]): T {
    const value = this.#get(field);
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) {
      throw this.invalid(field, `one of ${choices.map((name) => `"${name}"`).join(', ')}`, value);
    }
    return choice;
  }

  number(field: string): number {
    const value = this.#get(field);
    if (!isFiniteNumber(value)) throw this.invalid(field, 'a finite number', value);
    return value;
  }

  integer(field: string, low: number, high: number): number {
    const value = this.#get(field);
    if (isFiniteNumber(value) && Number.isInteger(value) && value >= low && value <= high) {
      return value;
    }
    throw this.invalid(field, `a whole number from ${low} to ${high}`, value);
  }

  numbers(field: string, length: number): readonly number[] {
    const value = this.#get(field);
    if (Array.isArray(value) && value.length === length && value.every(isFiniteNumber)) {
      return value;
    }
    throw this.invalid(field, `an array of ${length} finite numbers`, value);
  }

  /** Points [x, y]. */
  points(field: string, length: number): readonly (readonly [number, number])[] {
    const value = this.#get(field);
    const isPoint = (item: unknown): boolean =>
      Array.isArray(item) && item.length === 2 && item.every(isFiniteNumber);
    if (Array.isArray(value) && value.length === length && value.every(isPoint)) {
      return value.map(([x, y]) => [x, y]);
    }
    throw this.invalid(field, `${length} points [x, y] of finite numbers`, value);
  }

  object(field: string): FieldReader {
    return new FieldReader(this.#get(field), this.#kind, this.#at(field));
  }

  list(field: string): FieldReader[] {
    const value = this.#get(field);
    if (!Array.isArray(value)) throw this.invalid(field, 'an array', value);
    return Array.from(value as unknown[], (item, index) => {
      const path = `${this.#at(field)}[${index}]`;
      return new FieldReader(item, this.#kind, path);
    });
  }

  /** Names that match a pattern, none when the field is absent. */
  optionalNames(field: string, pattern: RegExp): readonly string[] {
    return this.has(field) ? this.names(field, pattern) : [];
  }

  /** Names that match a pattern. */
  names(field: string, pattern: RegExp): readonly string[] {
    const value = this.#get(field);
    if (!Array.isArray(value)) throw this.invalid(field, 'an array of names', value);
    for (const [index, item] of value.entries()) {
      if (typeof item === 'string' && pattern.test(item)) continue;
      throw this.invalid(`${field}[${index}]`, 'a name of a-z, 0-9 and _', item);
    }
    return value;
  }

  numberEntries(): Readonly<Record<string, number>> {
    return Object.fromEntries(Object.keys(this.#value).map((key) => [key, this.number(key)]));
  }

  #get(field: string): unknown {
    return Object.hasOwn(this.#value, field) ? this.#value[field] : undefined;
  }

  #at(field: string): string {
    return this.#path ? `${this.#path}.${field}` : field;
  }
}

function invalidField(
  { code, hint: usual }: FileKind,
  field: string,
  expected: string,
  actual: unknown,
  hint: string = usual,
): FaceMorphError {
  return new FaceMorphError(
    code,
    `Expected ${expected} for ${field} but received ${describeValue(actual)}`,
    { hint, details: { field } },
  );
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
