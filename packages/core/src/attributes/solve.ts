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
 *    computed once per attribute set: another choice of E and K costs two Cholesky factors of
 *    attribute-count size, another strength of the same ones (a drag) only a substitution.
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
import { choleskySolve, choleskyWithJitter, multiply } from '../latent/matrix.js';
import type { AttributeSet } from './types.js';

/** What {@link Solver.solve} finds. */
export interface Solution {
  /** The change of latent, to be added to the face's. */
  readonly delta: Float32Array;
  /** By name, for each edited and kept attribute: the change of score that `delta` brings. */
  readonly reached: Record<string, number>;
}

/** Solves edits for one attribute set. The result depends on the arguments only. */
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
const ROUNDS = 8;
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
  let last: Constraints | undefined;
  const constraintsFor = (edited: readonly number[], hard: readonly number[]): Constraints => {
    const key = `${edited}|${hard}`;
    if (last?.key !== key) last = constrain(context, edited, hard, key);
    return last;
  };
  return { solve: (strengths, keep) => solve(context, strengths, keep, constraintsFor) };
}

interface Context {
  readonly set: AttributeSet;
  /** Σ w_k for every attribute. */
  readonly spread: readonly Float64Array[];
  /** G, row-major. */
  readonly gram: Float64Array;
  readonly count: number;
}

/** What a choice of edited and kept attributes needs, whatever the strengths. */
interface Constraints {
  readonly key: string;
  /** The columns of M⁻¹ W_H. */
  readonly columns: readonly Float64Array[];
  /** A, row-major. */
  readonly system: Float64Array;
  /** Cholesky factor of A + Λ; none when no probe here varies over faces: nothing can be had. */
  readonly factor: Float64Array | undefined;
}

function solve(
  { set: { attributes, latent } }: Context,
  strengths: Readonly<Record<string, number>>,
  keep: readonly string[],
  constraintsFor: (edited: readonly number[], hard: readonly number[]) => Constraints,
): Solution {
  const indices = (matches: (name: string) => boolean): number[] =>
    attributes.flatMap(({ name }, index) => (matches(name) ? [index] : []));
  const edited = indices((name) => Object.hasOwn(strengths, name));
  const hard = [...edited, ...indices((name) => keep.includes(name))];
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
    const { columns, system, factor } = constraintsFor(edited, hard);
    const multipliers = iteratedTikhonov(system, factor, residual);
    for (const [position, column] of columns.entries()) {
      addTo(change, column, multipliers[position]!);
    }
  }
  const delta = Float32Array.from(change);
  const reached = hard.map((index): [string, number] => {
    const { name, probe } = attributes[index]!;
    return [name, dot(probe.weights, delta)];
  });
  return { delta, reached: Object.fromEntries(reached) };
}

/** M⁻¹ W_H and A by Woodbury: M⁻¹ W_H = Σ W_H − Σ W_S (G_SS + μ)⁻¹ G_SH. */
function constrain(
  context: Context,
  edited: readonly number[],
  hard: readonly number[],
  key: string,
): Constraints {
  const { set, spread, gram, count } = context;
  const soft = softlyHeld(set, edited, hard);
  const softGram = new Float64Array(soft.length ** 2);
  for (let row = 0; row < soft.length; row++) {
    for (let column = 0; column < soft.length; column++) {
      const held = row === column ? SOFT_VARIANCE : 0;
      softGram[row * soft.length + column] = gram[soft[row]! * count + soft[column]!]! + held;
    }
  }
  const softFactor = choleskyWithJitter(softGram, soft.length);
  const columns = hard.map((index) => {
    const coupling = Float64Array.from(soft, (s) => gram[s * count + index]!);
    const shares = softFactor ? choleskySolve(softFactor, coupling) : coupling.fill(0);
    const column = spread[index]!.slice();
    for (let k = 0; k < soft.length; k++) addTo(column, spread[soft[k]!]!, -shares[k]!);
    return column;
  });
  const system = new Float64Array(hard.length ** 2);
  const damped = new Float64Array(hard.length ** 2);
  for (let row = 0; row < hard.length; row++) {
    const { weights } = set.attributes[hard[row]!]!.probe;
    const ridge = row < edited.length ? EDIT_RIDGE : LOCK_RIDGE;
    for (let column = 0; column <= row; column++) {
      const value = dot(weights, columns[column]!);
      const damping = row === column ? ridge * gram[hard[row]! * count + hard[row]!]! : 0;
      for (const at of [row * hard.length + column, column * hard.length + row]) {
        system[at] = value;
        damped[at] = value + damping;
      }
    }
  }
  return { key, columns, system, factor: choleskyWithJitter(damped, hard.length) };
}

/** S: neither edited nor kept, nor related to an edited attribute (in either's own list). */
function softlyHeld(
  { attributes }: AttributeSet,
  edited: readonly number[],
  hard: readonly number[],
): number[] {
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
  system: Float64Array,
  factor: Float64Array | undefined,
  target: Float64Array,
): Float64Array {
  const solution = new Float64Array(target.length);
  if (!factor) return solution;
  for (let round = 0; round < ROUNDS; round++) {
    const product = multiply(system, solution);
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

function addTo(sum: Float64Array, vector: ArrayLike<number>, factor: number): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += vector[i]! * factor;
}
