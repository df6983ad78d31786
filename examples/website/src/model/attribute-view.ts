import type { Attribute, AttributeGroup } from '@facemorph/core';

/** One of the big controls: one slider, and a choice of what it moves when there are several. */
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

const HEADLINES: readonly (readonly [title: string, names: readonly string[]])[] = [
  ['Smile', ['smiling']],
  ['Hair colour', ['blond_hair', 'brown_hair', 'black_hair', 'gray_hair']],
  ['Facial hair', ['beard', 'mustache']],
  ['Pose and gaze', ['yaw', 'pitch', 'gaze']],
];

const GROUPS: readonly AttributeGroup[] = [
  'hair colour',
  'facial hair',
  'expression',
  'pose and gaze',
  'eyes and brows',
  'hair style',
  'age and sex',
  'skin and make-up',
  'accessories',
  'custom',
];

/** The big controls this model can offer; a control without any attribute is left out. */
export function headlines(attributes: readonly Attribute[]): Headline[] {
  const byName = new Map(attributes.map((attribute) => [attribute.name, attribute]));
  return HEADLINES.map(([title, names]) => ({
    title,
    attributes: names.flatMap((name) => byName.get(name) ?? []),
  })).filter((headline) => headline.attributes.length > 0);
}

/** What the big controls do not show, by group. */
export function sections(
  attributes: readonly Attribute[],
  without: readonly Headline[],
): AttributeSection[] {
  const shown = new Set(without.flatMap((headline) => headline.attributes));
  return GROUPS.map((group) => ({
    group,
    attributes: attributes.filter((a) => a.group === group && !shown.has(a)),
  })).filter((section) => section.attributes.length > 0);
}

/** Attributes whose label, name or group holds every word of the query. */
export function search(attributes: readonly Attribute[], query: string): Attribute[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return attributes.filter(({ label, name, group }) => {
    const text = `${label} ${name.replaceAll('_', ' ')} ${group}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Labels of what else moves by a good part when this attribute does, most first. */
export function alsoChanges(attribute: Attribute, attributes: readonly Attribute[]): string[] {
  const NOTICEABLE = 0.25;
  const labels = new Map(attributes.map(({ name, label }) => [name, label]));
  return Object.entries(attribute.evidence.also ?? {})
    .filter(([name, amount]) => name !== attribute.name && Math.abs(amount) >= NOTICEABLE)
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .flatMap(([name]) => labels.get(name) ?? [])
    .slice(0, 3);
}
