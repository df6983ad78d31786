import { dot } from '../../latent/latent.js';

/** Pearson's correlation of two series of the same length, -1..1; 0 when one of them does not vary. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [lessMean(a), lessMean(b)];
  const spread = Math.sqrt(dot(x, x) * dot(y, y));
  return spread > 0 ? dot(x, y) / spread : 0;
}

function lessMean(series: ArrayLike<number>): number[] {
  const values = Array.from(series);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}
