import { describeValue, FaceMorphError } from '../errors.js';

/** Reads fields of untrusted JSON and names the field in every refusal. */
export class FieldReader {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #path: string;

  /** @param what - What the value should be, for the error when it is not even an object. */
  constructor(value: unknown, what: string, path: string) {
    this.#path = path;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw invalidField(path || what, 'an object', value);
    }
    this.#value = value as Record<string, unknown>;
  }

  invalid(field: string, expected: string, actual: unknown, hint?: string): FaceMorphError {
    return invalidField(this.#at(field), expected, actual, hint);
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

  literal(field: string, expected: string): void {
    const value = this.#get(field);
    if (value !== expected) throw this.invalid(field, `"${expected}"`, value);
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

  object(field: string): FieldReader {
    return new FieldReader(this.#get(field), this.#at(field), this.#at(field));
  }

  list(field: string): FieldReader[] {
    const value = this.#get(field);
    if (!Array.isArray(value)) throw this.invalid(field, 'an array', value);
    return Array.from(value as unknown[], (item, index) => {
      const path = `${this.#at(field)}[${index}]`;
      return new FieldReader(item, path, path);
    });
  }

  optionalList(field: string, pattern: RegExp): readonly string[] {
    if (!this.has(field)) return [];
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
  field: string,
  expected: string,
  actual: unknown,
  hint = 'See docs/attribute-format.md for what the field holds.',
): FaceMorphError {
  return new FaceMorphError(
    'ATTRIBUTES_INVALID',
    `Expected ${expected} for ${field} but received ${describeValue(actual)}`,
    { hint, details: { field } },
  );
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
