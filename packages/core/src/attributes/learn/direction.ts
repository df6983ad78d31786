import { dot } from '../../latent/latent.js';
import { choleskySolve, choleskyWithJitter, multiply } from '../../latent/matrix.js';
import type { Attribute } from '../types.js';

/** The variance that the direction may cause in an unrelated attribute at the cost of 1 σ. */
const SOFT_VARIANCE = 0.1;

/**
 * d = M⁻¹ w / (wᵀ M⁻¹ w) with M = Σ⁻¹ + W Wᵀ / μ over the held probes W: the least unlikely change that
 * raises the score by 1, others held softly. By Woodbury, as in `solve.ts`.
 */
export function leastUnlikely(
  weights: Float32Array,
  spread: Float64Array,
  held: readonly Attribute[],
  covariance: Float32Array,
): Float32Array {
  const spreads = held.map(({ probe }) => multiply(covariance, probe.weights));
  const gram = new Float64Array(held.length ** 2);
  for (const [row, { probe }] of held.entries()) {
    for (const [column, other] of spreads.entries()) {
      gram[row * held.length + column] =
        dot(probe.weights, other) + (row === column ? SOFT_VARIANCE : 0);
    }
  }
  const coupling = Float64Array.from(held, ({ probe }) => dot(probe.weights, spread));
  const factor = choleskyWithJitter(gram, held.length);
  const shares = factor ? choleskySolve(factor, coupling) : coupling.fill(0);
  const change = spread.slice();
  for (const [k, other] of spreads.entries()) {
    for (let i = 0; i < change.length; i++) change[i]! -= shares[k]! * other[i]!;
  }
  const raised = dot(weights, change);
  return Float32Array.from(change, (value) => value / raised);
}
