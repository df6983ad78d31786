import { FaceMorphError, invalidArgument } from '../../errors.js';
import type { Latent } from '../../latent/latent.js';

/** What an attribute is learned from: two kinds of faces, or faces with a number each. */
export type LearnExamples =
  | { readonly with: readonly Latent[]; readonly without: readonly Latent[] }
  | { readonly latents: readonly Latent[]; readonly values: readonly number[] };

/** Fewer faces with numbers say nothing. */
const LEAST_NUMBERED = 5;

/** Faces, each once, with their labels. */
export interface LabelledFaces {
  readonly kind: 'sides' | 'numbers';
  readonly latents: readonly Latent[];
  /** 1 and -1 for sides; else numbers of mean 0 and deviation 1. */
  readonly labels: readonly number[];
  /** Faces that were left out because they are there already. */
  readonly copies: number;
  /** Of the smaller side; all for numbers. */
  readonly fewest: number;
}

/**
 * Checks examples and gives each face its label.
 * @param assertFace - Throws for what is no latent of the model.
 * @throws {FaceMorphError} `EXAMPLES_INVALID`, `ARGUMENT_INVALID`
 */
export function labelFaces(
  examples: LearnExamples,
  assertFace: (latent: unknown, name: string) => void,
): LabelledFaces {
  return 'values' in examples
    ? labelNumbers(examples, assertFace)
    : labelSides(examples, assertFace);
}

type Sides = Extract<LearnExamples, { with: unknown }>;
type Numbers = Extract<LearnExamples, { values: unknown }>;

function labelSides(examples: Sides, assertFace: (latent: unknown, name: string) => void) {
  const sides = (['with', 'without'] as const).map((side) => {
    const list = assertList(examples[side], side);
    for (const [i, latent] of list.entries()) assertFace(latent, `${side}[${i}]`);
    return { side, list, unique: firstOfEach(list) };
  });
  for (const { side, list, unique } of sides) {
    if (unique.length < 2) {
      const count = list.length < 2 ? list.length : `${list.length} times the same one`;
      throw unfit('two different faces or more', side, count, 'Give 5 to 500 a side.');
    }
  }
  const [some, others] = sides as [(typeof sides)[0], (typeof sides)[0]];
  const seen = new Map(some.list.map((latent, i) => [keyOf(latent), i]));
  const both = others.list.findIndex((latent) => seen.has(keyOf(latent)));
  if (both >= 0) {
    const twin = `with[${seen.get(keyOf(others.list[both]!))}]`;
    throw unfit(`another face than ${twin}`, `without[${both}]`, 'the same');
  }
  return {
    kind: 'sides' as const,
    latents: [...some.unique, ...others.unique],
    labels: [...some.unique.map(() => 1), ...others.unique.map(() => -1)],
    copies: sides.reduce((sum, { list, unique }) => sum + list.length - unique.length, 0),
    fewest: Math.min(some.unique.length, others.unique.length),
  };
}

function labelNumbers(examples: Numbers, assertFace: (latent: unknown, name: string) => void) {
  const list = assertList(examples.latents, 'latents');
  const { values } = examples;
  if (values.length !== list.length) {
    throw unfit(`a number for each of ${list.length} faces`, 'values', values.length);
  }
  const labels = new Map<string, number>();
  const latents: Latent[] = [];
  for (const [i, latent] of list.entries()) {
    assertFace(latent, `latents[${i}]`);
    const value = values[i];
    if (!Number.isFinite(value)) throw unfit('a finite number', `values[${i}]`, value);
    const key = keyOf(latent);
    const before = labels.get(key);
    if (before !== undefined && before !== value) {
      throw unfit(`${before}, as for the same face before,`, `latents[${i}]`, value);
    }
    if (before === undefined) latents.push(latent);
    labels.set(key, value!);
  }
  const numbers = latents.map((latent) => labels.get(keyOf(latent))!);
  if (latents.length < LEAST_NUMBERED) {
    throw unfit('five different faces or more', 'latents', latents.length, 'Give 20 to 500.');
  }
  if (new Set(numbers).size < 2) {
    throw unfit('numbers that differ', 'values', `${numbers[0]} for all`);
  }
  return {
    kind: 'numbers' as const,
    latents,
    labels: standardise(numbers),
    copies: list.length - latents.length,
    fewest: latents.length,
  };
}

function assertList(value: unknown, name: string): readonly Latent[] {
  if (Array.isArray(value)) return value;
  throw invalidArgument('an array of latents', name, value);
}

function firstOfEach(latents: readonly Latent[]): Latent[] {
  return [...new Map(latents.map((latent) => [keyOf(latent), latent])).values()];
}

/** Equal for equal latents. */
function keyOf(latent: Latent): string {
  return latent.join();
}

function standardise(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return values.map((value) => (value - mean) / Math.sqrt(square));
}

/** A bad argument that is the fault of the faces, not of the program. */
function unfit(expected: string, name: string, actual: unknown, hint = ''): FaceMorphError {
  const { message, details } = invalidArgument(expected, name, actual);
  return new FaceMorphError('EXAMPLES_INVALID', message, { hint, details });
}
