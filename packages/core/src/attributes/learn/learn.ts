import { assertOneOf, invalidArgument } from '../../errors.js';
import { assertLatent, dot } from '../../latent/latent.js';
import { multiply } from '../../latent/matrix.js';
import { ATTRIBUTE_NAME } from '../parse.js';
import {
  ATTRIBUTE_GROUPS,
  type Attribute,
  type AttributeGroup,
  type AttributeSet,
} from '../types.js';
import { correlation } from './correlation.js';
import { leastUnlikely } from './direction.js';
import { type LabelledFaces, type LearnExamples, labelFaces } from './examples.js';
import { fitProbe, type ProbeFit } from './fit.js';
import { type LearnWarning, warningsOf } from './warnings.js';

/** What {@link learnAttribute} is given. */
export type LearnOptions = LearnExamples & {
  /** Machine name: 1 to 64 of a-z, 0-9 and _. */
  readonly name: string;
  /** Shown to people. @defaultValue the name */
  readonly label?: string | undefined;
  /** @defaultValue `'custom'` */
  readonly group?: AttributeGroup | undefined;
};

/** What {@link learnAttribute} gives. */
export interface LearnedAttribute {
  readonly attribute: Attribute;
  /** It alone, for `writeAttributes`, `mergeAttributes` and `FaceMorph.addAttributes`. */
  readonly set: AttributeSet;
  /**
   * How well held-out faces are told apart: each face is scored by weights that have not seen it. The
   * area under the ROC curve; for numbers, the share of pairs in the right order. 0.5 is chance.
   */
  readonly auroc: number;
  /**
   * For numbers: Pearson's correlation of the held-out scores with them, -1..1; 0 is chance. Stands in
   * `attribute.evidence` in place of the AUROC, which is of two kinds of faces.
   */
  readonly correlation: number | undefined;
  /** How often shuffled labels do as well: above 0.05 nothing was learned. */
  readonly chance: number;
  /** Faces that were learned from, each once. */
  readonly faces: number;
  readonly warnings: readonly LearnWarning[];
}

/** Scores that correlate more than this over faces go together: the other one may move along. */
const RELATED = 0.4;
/** Above this it is the other attribute again. */
const ALIKE = 0.9;
/** Movement of others, for a strength of 1, that is worth telling. */
const TOLD = 0.1;

/**
 * Learns an attribute from faces with and without it, or from faces and numbers, in closed form: a
 * ridge regression in the latent space, measured on held-out faces, scaled like the model's own
 * attributes. 5 to 500 faces a side; 20 give a first idea, 100 a good slider.
 *
 * @param known - `fm.attributes`: unrelated ones hold still while the new one moves.
 * @throws {FaceMorphError} `EXAMPLES_INVALID` for fewer than two faces of a kind or five with numbers, a
 * face on both sides, numbers that are not finite or all the same; `ARGUMENT_INVALID` for a bad name or no latents.
 * @example
 * ```ts
 * const freckles = learnAttribute(fm.attributes, { name: 'freckles', with: some, without: others });
 * if (freckles.warnings.length === 0) await fm.addAttributes(freckles.set);
 * ```
 */
export function learnAttribute(known: AttributeSet, options: LearnOptions): LearnedAttribute {
  const { name, label = name, group = 'custom' } = options;
  assertNames(name, label, group);
  const { covariance, mean, size } = known.latent;
  const examples = labelFaces(options, (latent, at) => assertLatent(latent, size, at));
  const others = known.attributes.filter((attribute) => attribute.name !== name);

  const fit = fitProbe(examples.latents, examples.labels, trace(covariance, size) / size);
  const deviation = Math.sqrt(dot(fit.weights, multiply(covariance, fit.weights)));
  const weights = Float32Array.from(fit.weights, (value) => value / deviation);
  const spread = multiply(covariance, weights);
  const relation = others.map(
    ({ probe }) => dot(probe.weights, spread) / spreadOf(probe.weights, covariance),
  );
  const free = others.filter((_, i) => Math.abs(relation[i]!) >= RELATED);
  const held = others.filter((_, i) => Math.abs(relation[i]!) < RELATED);
  const direction = leastUnlikely(weights, spread, held, covariance);
  const { kind, labels } = examples;
  const told = kind === 'numbers' ? correlation(fit.heldOut, labels) : undefined;

  const attribute: Attribute = {
    name,
    label,
    group,
    probe: { weights, bias: -dot(weights, mean) },
    direction,
    range: rangeOf(fit, examples, deviation),
    method: 'learned',
    related: free.map((other) => other.name),
    evidence: {
      ...(told === undefined ? { auroc: fit.auroc } : { correlation: told }),
      also: alsoMoved(direction, others),
    },
  };
  return {
    attribute,
    set: { model: known.model, latent: known.latent, attributes: [attribute] },
    auroc: fit.auroc,
    correlation: told,
    chance: fit.chance,
    faces: examples.latents.length,
    warnings: warningsOf(fit, examples, likest(others, relation)),
  };
}

function assertNames(name: unknown, label: unknown, group: AttributeGroup): void {
  if (typeof name !== 'string' || !ATTRIBUTE_NAME.test(name)) {
    throw invalidArgument('1 to 64 of a-z, 0-9 and _', 'name', name);
  }
  if (typeof label !== 'string' || label.trim() === '')
    throw invalidArgument('text', 'label', label);
  assertOneOf(ATTRIBUTE_GROUPS, 'group', group);
}

/** Symmetric: somewhat more than carries a typical face to the other side, as in the training code. */
function rangeOf(
  fit: ProbeFit,
  { labels, kind }: LabelledFaces,
  deviation: number,
): [number, number] {
  const side = (label: number): number[] =>
    Array.from(fit.heldOut)
      .filter((_, i) => labels[i] === label)
      .map((score) => score / deviation);
  const reach = kind === 'numbers' ? 1.645 : median(side(1)) - median(side(-1));
  const half = Math.min(5, Math.max(2, Math.round(2 * 1.4 * reach) / 2));
  return [-half, half];
}

function alsoMoved(direction: Float32Array, others: readonly Attribute[]): Record<string, number> {
  const moved = others
    .map(({ name, probe }): [string, number] => [name, dot(probe.weights, direction)])
    .filter(([, shift]) => Math.abs(shift) >= TOLD)
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
  return Object.fromEntries(moved.map(([name, shift]) => [name, Math.round(shift * 100) / 100]));
}

function likest(others: readonly Attribute[], relation: readonly number[]): string | undefined {
  const at = relation.findIndex((value) => Math.abs(value) >= ALIKE);
  return others[at]?.name;
}

function spreadOf(probe: Float32Array, covariance: Float32Array): number {
  return Math.sqrt(dot(probe, multiply(covariance, probe)));
}

function trace(matrix: Float32Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += matrix[i * size + i]!;
  return sum;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
