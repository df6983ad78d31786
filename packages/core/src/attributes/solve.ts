/**
 * From strengths and locks to a change of latent, in double precision.
 *
 * Let Σ be the covariance of encoded faces, w_k the probe of attribute k and d_k its direction in
 * the attribute file (w_k · d_k = 1). Asked for are score changes t_E of the edited attributes E
 * and none of the kept ones K.
 *
 * 1. Start from the sum of directions δ₀ = Σ_E t_k d_k. The training code fitted each d_k to raise
 *    score k while unrelated scores and nuisances (light, background) stay, and related ones move
 *    along as they do over faces. One edit without locks is therefore just t_k d_k.
 * 2. Correct it, δ = δ₀ + c, by the least unlikely c that makes the scores of H = E ∪ K exact:
 *
 *        minimise  ½ cᵀ Σ⁻¹ c  +  (1 / 2μ) Σ_S (w_s · c)²    subject to   W_Hᵀ c = r,
 *
 *    with r = t − W_Hᵀ δ₀ (t = 0 on K). S are all other attributes that are not related to an
 *    edited one: they resist, softly (μ), so that a lock does not push the change into them.
 *    With the metric M = Σ⁻¹ + W_S W_Sᵀ / μ the answer is  c = M⁻¹ W_H A⁻¹ r,  A = W_Hᵀ M⁻¹ W_H,
 *    and by Woodbury everything is expressed through the Gram matrix G = Wᵀ Σ W and Σ W, which are
 *    computed once per attribute set: an edit costs two Cholesky factors of attribute-count size.
 * 3. Near-duplicates make A almost singular: moving one and holding the other would need an
 *    absurdly unlikely face. So A is inverted by iterated Tikhonov regularisation,
 *    α ← α + (A + Λ)⁻¹ (r − A α): what is well determined is exact to far below 1e-3 after a few
 *    rounds, what is not is given up smoothly. Λ is tiny for locks, so that in a conflict it is
 *    the edit that falls short, not the lock. Locks alone never need it: they are a projection.
 *
 * Everything is linear in t for given E and K: the order of edits does not matter, half the
 * strength is half the change, and the opposite edit returns. `reached` holds the score changes
 * that δ really brings.
 */
import { dot } from '../latent/latent.js';
import { cholesky, choleskySolve, choleskyWithJitter, multiply } from '../latent/matrix.js';
import type { AttributeSet } from './types.js';

/** What {@link Solver.solve} finds. */
export interface Solution {
  /** The change of latent, to be added to the face's. */
  readonly delta: Float32Array;
  /** By name, for each edited and kept attribute: the change of score that `delta` brings. */
  readonly reached: Record<string, number>;
}

/** Solves edits for one attribute set; stateless, and prepared once. */
export interface Solver {
  /**
   * @param strengths - Change of score by name, checked (`resolveStrengths`).
   * @param keep - Names whose scores must not change, checked (`resolveKeep`).
   */
  solve(strengths: Readonly<Record<string, number>>, keep: readonly string[]): Solution;
}

/** μ: the variance that a correction may cause in an unrelated attribute at the cost of 1 σ. */
const SOFT_VARIANCE = 0.1;
/** Λ, as a share of an attribute's score variance: for edits and for locks. */
const EDIT_RIDGE = 5e-3;
const LOCK_RIDGE = 1e-8;
/** What remains of a residual along an eigenvalue e of A is (Λ / (e + Λ)) to this power. */
const ROUNDS = 6;
/** Residuals below this are rounding. */
const NEGLIGIBLE = 1e-7;

/** Prepares Σ W and G = Wᵀ Σ W: O(attributes · size²), once. */
export function createSolver(set: AttributeSet): Solver {
  const { attributes, latent } = set;
  const count = attributes.length;
  const spread = attributes.map(({ probe }) => multiply(latent.covariance, probe.weights));
  const gram = new Float64Array(count * count);
  for (let row = 0; row < count; row++) {
    for (let column = 0; column <= row; column++) {
      const value = dot(attributes[row]!.probe.weights, spread[column]!);
      gram[row * count + column] = value;
      gram[column * count + row] = value;
    }
  }
  const context: Context = { set, spread, gram, count };
  return { solve: (strengths, keep) => solve(context, strengths, keep) };
}

interface Context {
  readonly set: AttributeSet;
  /** Σ w_k for every attribute. */
  readonly spread: readonly Float64Array[];
  /** G, row-major. */
  readonly gram: Float64Array;
  readonly count: number;
}

function solve(
  context: Context,
  strengths: Readonly<Record<string, number>>,
  keep: readonly string[],
): Solution {
  const { attributes, latent } = context.set;
  const edited = indices(context, (name) => Object.hasOwn(strengths, name));
  const kept = indices(context, (name) => keep.includes(name));
  const hard = [...edited, ...kept];
  const targets = hard.map((index) => strengths[attributes[index]!.name] ?? 0);

  const change = new Float64Array(latent.size);
  for (const [position, index] of edited.entries()) {
    addTo(change, attributes[index]!.direction, targets[position]!);
  }
  const residual = Float64Array.from(
    hard,
    (index, position) => targets[position]! - dot(attributes[index]!.probe.weights, change),
  );
  if (residual.some((value) => Math.abs(value) > NEGLIGIBLE)) {
    correct(context, change, hard, edited, residual);
  }
  const delta = Float32Array.from(change);
  const reached = Object.fromEntries(
    hard.map((index) => {
      const { name, probe } = attributes[index]!;
      return [name, dot(probe.weights, delta)];
    }),
  );
  return { delta, reached };
}

/** Adds c to the change (steps 2 and 3 above). */
function correct(
  context: Context,
  change: Float64Array,
  hard: readonly number[],
  edited: readonly number[],
  residual: Float64Array,
): void {
  const { spread, gram, count } = context;
  const soft = softlyHeld(context, hard, edited);
  const softFactor = cholesky(
    squareOf(soft, (s, o) => gram[s * count + o]! + (s === o ? SOFT_VARIANCE : 0)),
    soft.length,
  )!;
  /** For each hard attribute, how much of each soft one leaves its column of Σ W: M⁻¹ W_H. */
  const shares = hard.map((index) =>
    choleskySolve(
      softFactor,
      Float64Array.from(soft, (s) => gram[s * count + index]!),
    ),
  );
  const system = new Float64Array(hard.length ** 2);
  for (const [row, index] of hard.entries()) {
    for (const [column, other] of hard.entries()) {
      let value = gram[index * count + other]!;
      for (const [k, s] of soft.entries()) value -= gram[s * count + index]! * shares[column]![k]!;
      system[row * hard.length + column] = value;
    }
  }
  const multipliers = iteratedTikhonov(system, residual, (position) => {
    const index = hard[position]!;
    const ridge = position < edited.length ? EDIT_RIDGE : LOCK_RIDGE;
    return ridge * gram[index * count + index]!;
  });
  for (const [position, index] of hard.entries()) {
    addTo(change, spread[index]!, multipliers[position]!);
  }
  for (const [k, s] of soft.entries()) {
    let share = 0;
    for (const [position, column] of shares.entries()) share += column[k]! * multipliers[position]!;
    addTo(change, spread[s]!, -share);
  }
}

/** S: neither edited nor kept, nor related to an edited attribute (in either's own list). */
function softlyHeld(
  { set }: Context,
  hard: readonly number[],
  edited: readonly number[],
): number[] {
  const { attributes } = set;
  const free = new Set(hard);
  for (const index of edited) {
    const { name, related } = attributes[index]!;
    for (const [other, attribute] of attributes.entries()) {
      if (related.includes(attribute.name) || attribute.related.includes(name)) free.add(other);
    }
  }
  return attributes.map((_, index) => index).filter((index) => !free.has(index));
}

function iteratedTikhonov(
  matrix: Float64Array,
  target: Float64Array,
  ridge: (position: number) => number,
): Float64Array {
  const size = target.length;
  const damped = matrix.slice();
  for (let i = 0; i < size; i++) damped[i * size + i]! += ridge(i);
  const solution = new Float64Array(size);
  const factor = choleskyWithJitter(damped, size);
  // No factor: no probe here has any variance over faces, so no change of latent can be had.
  if (!factor) return solution;
  for (let round = 0; round < ROUNDS; round++) {
    const product = multiply(matrix, solution);
    addTo(
      solution,
      choleskySolve(
        factor,
        target.map((value, i) => value - product[i]!),
      ),
      1,
    );
  }
  return solution;
}

function indices({ set }: Context, matches: (name: string) => boolean): number[] {
  return set.attributes.flatMap(({ name }, index) => (matches(name) ? [index] : []));
}

function squareOf(
  members: readonly number[],
  entry: (row: number, column: number) => number,
): Float64Array {
  const square = new Float64Array(members.length ** 2);
  for (const [row, a] of members.entries()) {
    for (const [column, b] of members.entries())
      square[row * members.length + column] = entry(a, b);
  }
  return square;
}

function addTo(sum: Float64Array, vector: ArrayLike<number>, factor: number): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += vector[i]! * factor;
}
