import { describeValue, FaceMorphError, invalidArgument } from '../errors.js';
import type { Latent } from '../latent/latent.js';
import { dot } from '../latent/latent.js';
import { suggestName } from './suggest.js';
import type { Attribute, AttributeSet } from './types.js';

/**
 * What to change, by attribute name: a number is a **strength**, the change of score in standard
 * deviations over faces; `{ value }` is the score to arrive at. A strength of 0 is no edit.
 */
export type Edits = Readonly<Record<string, number | { readonly value: number }>>;

/** Strengths may go this many times beyond an attribute's range, where pictures fall apart. */
const RANGE_FACTOR = 2;

/**
 * The attribute of that name.
 * @throws {FaceMorphError} `ATTRIBUTE_UNKNOWN`, with the name nearest to it, or to its label, as hint;
 * `ARGUMENT_INVALID` for what is no string.
 */
export function findAttribute(set: AttributeSet, name: string): Attribute {
  if (typeof name !== 'string') throw invalidArgument('a string', 'the name of an attribute', name);
  const found = set.attributes.find((attribute) => attribute.name === name);
  if (found) return found;
  const known = set.attributes.map((attribute) => attribute.name);
  const labels = set.attributes.map((attribute) => attribute.label);
  const near = suggestName(name, [...known, ...labels]);
  const suggestion = set.attributes.find((a) => a.name === near || a.label === near)?.name;
  throw new FaceMorphError('ATTRIBUTE_UNKNOWN', `Unknown attribute ${describeValue(name)}`, {
    hint: suggestion ? `Did you mean "${suggestion}"?` : `Known attributes: ${known.join(', ')}.`,
    details: { name, suggestion: suggestion ?? null, known },
  });
}

/** Where a face stands on an attribute, in standard deviations over faces. */
export function scoreOf(attribute: Attribute, latent: Latent): number {
  return dot(attribute.probe.weights, latent) + attribute.probe.bias;
}

/** Where a face stands on every attribute. */
export function measureLatent(set: AttributeSet, latent: Latent): Record<string, number> {
  return Object.fromEntries(
    set.attributes.map((attribute) => [attribute.name, scoreOf(attribute, latent)]),
  );
}

/**
 * Checks edits and turns values into strengths for a face. Strengths of 0 are left out; a value
 * that the face already has stays in, as 0: it is asked for.
 * @throws {FaceMorphError} `ATTRIBUTE_UNKNOWN`; `ARGUMENT_INVALID` for what is not a finite number
 * or lies beyond twice the attribute's range.
 */
export function resolveStrengths(
  set: AttributeSet,
  edits: Edits,
  latent: Latent,
): Record<string, number> {
  if (typeof edits !== 'object' || edits === null || Array.isArray(edits)) {
    throw invalidArgument('an object of strengths by attribute name', 'edits', edits);
  }
  const strengths: Record<string, number> = {};
  for (const [name, edit] of Object.entries(edits)) {
    const attribute = findAttribute(set, name);
    const strength = strengthOf(attribute, edit, latent);
    if (strength !== 0 || typeof edit === 'object') strengths[name] = strength;
  }
  return strengths;
}

function strengthOf(attribute: Attribute, edit: unknown, latent: Latent): number {
  const { name, range } = attribute;
  if (typeof edit === 'object' && edit !== null && 'value' in edit) {
    const value = finite(edit.value, `value "${name}"`);
    const score = scoreOf(attribute, latent);
    return withinRange(value - score, range, `the change of "${name}" to value ${value}`);
  }
  const strength = finite(edit, `strength "${name}"`);
  return withinRange(strength, range, `strength "${name}"`);
}

function finite(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw invalidArgument('a finite number', name, value);
}

function withinRange(strength: number, range: readonly [number, number], name: string): number {
  const [low, high] = [range[0] * RANGE_FACTOR, range[1] * RANGE_FACTOR];
  if (strength >= low && strength <= high) return strength;
  throw invalidArgument(
    `a number from ${low} to ${high}`,
    name,
    strength,
    `Pictures stay believable from ${range[0]} to ${range[1]}; twice that is the limit.`,
  );
}

/**
 * Checks the names to keep: known, and none of them edited.
 * @returns The names, each once.
 * @throws {FaceMorphError} `ATTRIBUTE_UNKNOWN`, `ARGUMENT_INVALID`
 */
export function resolveKeep(
  set: AttributeSet,
  keep: readonly string[] | undefined,
  strengths: Readonly<Record<string, number>>,
): string[] {
  if (keep === undefined) return [];
  if (!Array.isArray(keep)) throw invalidArgument('an array of attribute names', 'keep', keep);
  for (const name of keep) {
    findAttribute(set, name);
    if (!Object.hasOwn(strengths, name)) continue;
    throw invalidArgument('attributes that are not edited', 'keep', name, 'Edit it or keep it.');
  }
  return [...new Set(keep)];
}
