/**
 * Ridge regression with its leave-one-out scores in closed form.
 *
 * With centred rows x_i and labels y_i and P = (Σ x xᵀ + λ)⁻¹ the weights are w = P Σ y x. Without
 * row i they are w − P x_i e_i / (1 − h_i), where e_i = y_i − w · x_i and h_i = 1/n + g_i with
 * g_i = x_iᵀ P x_i. So the score of row i by the weights that have not seen it is
 * w · x_i − g_i e_i / (1 − h_i): no refitting.
 */
import { dot } from '../../latent/latent.js';
import { choleskySolve, choleskyWithJitter, multiply } from '../../latent/matrix.js';

/** A ridge, prepared for any labels of the same rows. */
export interface Ridge {
  fit(labels: ArrayLike<number>): RidgeFit;
}

/** What a ridge finds. */
export interface RidgeFit {
  /** One for each column. */
  readonly weights: Float64Array;
  /** (label − score) / λ by row: the weights are the sum of rows times these, in any coordinates. */
  readonly shares: Float64Array;
  /** By row, of weights fitted without it; 0 is the mean row. */
  readonly heldOut: Float64Array;
}

/** Rows minus their mean. */
export function centre(rows: readonly ArrayLike<number>[]): Float64Array[] {
  const mean = new Float64Array(rows[0]!.length);
  for (const row of rows) for (let k = 0; k < mean.length; k++) mean[k]! += row[k]! / rows.length;
  return rows.map((row) => mean.map((value, k) => row[k]! - value));
}

/**
 * The same rows in as many coordinates as there are rows, when those are fewer: L of K = L Lᵀ, their Gram
 * matrix. Products between rows stay, and with them scores and leverages.
 */
export function compact(rows: readonly Float64Array[]): readonly Float64Array[] {
  const count = rows.length;
  if (count >= rows[0]!.length) return rows;
  const gram = new Float64Array(count * count);
  for (const [i, row] of rows.entries()) {
    for (let j = 0; j <= i; j++) gram[i * count + j] = dot(row, rows[j]!);
  }
  const lower = choleskyWithJitter(gram, count);
  return lower ? rows.map((_, i) => lower.slice(i * count, (i + 1) * count)) : rows;
}

/**
 * @param rows - Centred, all of one length.
 * @param strength - λ, greater than 0.
 */
export function createRidge(rows: readonly Float64Array[], strength: number): Ridge {
  const inverse = invert(scatter(rows, strength), rows[0]!.length);
  const leverage = rows.map((row) => dot(row, multiply(inverse, row)));
  return {
    fit(labels) {
      const mean = Array.from(labels).reduce((sum, label) => sum + label, 0) / rows.length;
      const moment = new Float64Array(rows[0]!.length);
      for (const [i, row] of rows.entries()) {
        for (let k = 0; k < moment.length; k++) moment[k]! += row[k]! * (labels[i]! - mean);
      }
      const weights = multiply(inverse, moment);
      const shares = new Float64Array(rows.length);
      const heldOut = Float64Array.from(rows, (row, i) => {
        const score = dot(weights, row);
        const error = labels[i]! - mean - score;
        shares[i] = error / strength;
        return score - (leverage[i]! * error) / (1 - leverage[i]! - 1 / rows.length);
      });
      return { weights, shares, heldOut };
    },
  };
}

function scatter(rows: readonly Float64Array[], strength: number): Float64Array {
  const size = rows[0]!.length;
  const matrix = new Float64Array(size * size);
  for (const row of rows) {
    for (let a = 0; a < size; a++) {
      for (let b = 0; b <= a; b++) matrix[a * size + b]! += row[a]! * row[b]!;
    }
  }
  for (let a = 0; a < size; a++) {
    matrix[a * size + a]! += strength;
    for (let b = 0; b < a; b++) matrix[b * size + a] = matrix[a * size + b]!;
  }
  return matrix;
}

/** Of a positive definite matrix, which λ makes it. */
function invert(matrix: Float64Array, size: number): Float64Array {
  const lower = choleskyWithJitter(matrix, size)!;
  const inverse = new Float64Array(size * size);
  const unit = new Float64Array(size);
  for (let column = 0; column < size; column++) {
    unit.fill(0);
    unit[column] = 1;
    inverse.set(choleskySolve(lower, unit), column * size);
  }
  return inverse;
}
