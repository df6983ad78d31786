/**
 * Small dense linear algebra in double precision. Matrices are square, row-major
 * `Float64Array`s; sums run in a fixed order, so results are the same everywhere.
 */

/**
 * The lower triangular L with A = L Lᵀ, or `undefined` when A is not positive definite.
 * Only the lower triangle of A is read; the upper triangle of L is zero.
 */
export function cholesky(matrix: Float64Array, size: number): Float64Array | undefined {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column]!;
      for (let k = 0; k < column; k++) sum -= lower[row * size + k]! * lower[column * size + k]!;
      if (row !== column) {
        lower[row * size + column] = sum / lower[column * size + column]!;
      } else {
        if (!(sum > 0)) return undefined;
        lower[row * size + row] = Math.sqrt(sum);
      }
    }
  }
  return lower;
}

/**
 * {@link cholesky} of a matrix that is only semi-definite up to rounding: the diagonal is raised,
 * by 1e-12 of its mean and then ten times more at each try, until the factor exists.
 * @returns `undefined` when even 1 % is not enough: the matrix is not a covariance.
 */
export function choleskyWithJitter(matrix: Float64Array, size: number): Float64Array | undefined {
  const plain = cholesky(matrix, size);
  if (plain) return plain;
  let trace = 0;
  for (let i = 0; i < size; i++) trace += matrix[i * size + i]!;
  const raised = matrix.slice();
  for (let share = 1e-12; share < 0.011; share *= 10) {
    for (let i = 0; i < size; i++) {
      raised[i * size + i] = matrix[i * size + i]! + (share * trace) / size;
    }
    const lower = cholesky(raised, size);
    if (lower) return lower;
  }
  return undefined;
}

/** Solves L Lᵀ x = b for the factor of {@link cholesky}. */
export function choleskySolve(lower: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  const x = b.slice();
  for (let row = 0; row < size; row++) {
    let sum = x[row]!;
    for (let k = 0; k < row; k++) sum -= lower[row * size + k]! * x[k]!;
    x[row] = sum / lower[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = x[row]!;
    for (let k = row + 1; k < size; k++) sum -= lower[k * size + row]! * x[k]!;
    x[row] = sum / lower[row * size + row]!;
  }
  return x;
}

/** A v for a square matrix A of any number type. */
export function multiply(matrix: ArrayLike<number>, v: ArrayLike<number>): Float64Array {
  const size = v.length;
  const product = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    let sum = 0;
    for (let column = 0; column < size; column++) sum += matrix[row * size + column]! * v[column]!;
    product[row] = sum;
  }
  return product;
}
