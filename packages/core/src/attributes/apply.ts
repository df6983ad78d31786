import { addScaled, type Latent } from '../latent/latent.js';
import { type Edits, resolveKeep, resolveStrengths } from './edits.js';
import type { Solver } from './solve.js';
import type { AttributeSet } from './types.js';

/** A face's latent after edits. */
export interface AppliedEdits {
  readonly latent: Latent;
  /** The change of score asked for, by attribute. */
  readonly strengths: Readonly<Record<string, number>>;
  /** The change of score brought, for edited and kept attributes. */
  readonly reached: Readonly<Record<string, number>>;
}

/**
 * Checks edits and locks, solves them and moves the latent.
 * @throws {FaceMorphError} `ATTRIBUTE_UNKNOWN`, `ARGUMENT_INVALID`
 */
export function applyEdits(
  { attributes, solver }: { readonly attributes: AttributeSet; readonly solver: Solver },
  latent: Latent,
  edits: Edits,
  keep: readonly string[] | undefined,
): AppliedEdits {
  const strengths = resolveStrengths(attributes, edits, latent);
  const kept = resolveKeep(attributes, keep, strengths);
  const { delta, reached } = solver.solve(strengths, kept);
  return { latent: addScaled(latent, delta), strengths, reached };
}
