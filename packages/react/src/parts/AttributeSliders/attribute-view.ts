import { ATTRIBUTE_GROUPS, type Attribute, type AttributeGroup } from '@facemorph/core';
import type { HeadlineSpec } from './headlines.js';

/** A {@link HeadlineSpec} as far as the model has its attributes. */
export interface Headline {
  readonly title: string;
  /** At least one, in the order of the choice. */
  readonly attributes: readonly Attribute[];
}

/** The attributes of one group, in the model's order. */
export interface AttributeSection {
  readonly group: AttributeGroup;
  readonly attributes: readonly Attribute[];
}

/** The big controls that these attributes allow; one without any attribute is left out. */
export function headlinesOf(
  attributes: readonly Attribute[],
  specs: readonly HeadlineSpec[],
): Headline[] {
  const byName = new Map(attributes.map((attribute) => [attribute.name, attribute]));
  return specs
    .map(({ title, names }) => ({
      title,
      attributes: names.flatMap((name) => byName.get(name) ?? []),
    }))
    .filter((headline) => headline.attributes.length > 0);
}

/** What the big controls do not show, by group. */
export function sectionsOf(
  attributes: readonly Attribute[],
  without: readonly Headline[],
): AttributeSection[] {
  const shown = new Set(without.flatMap((headline) => headline.attributes));
  return ATTRIBUTE_GROUPS.map((group) => ({
    group,
    attributes: attributes.filter((a) => a.group === group && !shown.has(a)),
  })).filter((section) => section.attributes.length > 0);
}

/** Attributes of which some text (label, name, group) holds every word of the query. */
export function search(
  attributes: readonly Attribute[],
  query: string,
  textOf: (attribute: Attribute) => string,
): Attribute[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return attributes.filter((attribute) => {
    const own = `${attribute.label} ${attribute.name.replaceAll('_', ' ')} ${attribute.group}`;
    const text = `${own} ${textOf(attribute)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** What else moves by a good part when this attribute does, most first, three at most. */
export function alsoChanges(attribute: Attribute, attributes: readonly Attribute[]): Attribute[] {
  const NOTICEABLE = 0.25;
  const byName = new Map(attributes.map((other) => [other.name, other]));
  return Object.entries(attribute.evidence.also ?? {})
    .filter(([name, amount]) => name !== attribute.name && Math.abs(amount) >= NOTICEABLE)
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .flatMap(([name]) => byName.get(name) ?? [])
    .slice(0, 3);
}
