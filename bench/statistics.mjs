/**
 * Milliseconds.
 * @typedef {{ runs: number, min: number, median: number, p95: number }} Summary
 */

/**
 * @param {readonly number[]} times
 * @returns {Summary}
 */
export function summarize(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return {
    runs: sorted.length,
    min: percentile(sorted, 0),
    median: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
  };
}

/**
 * Between the two nearest values.
 *
 * @param {readonly number[]} sorted
 * @param {number} share
 * @returns {number}
 */
export function percentile(sorted, share) {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/**
 * How much y grows with x: the straight line of least squares.
 *
 * @param {readonly (readonly [x: number, y: number])[]} points
 * @returns {number}
 */
export function slope(points) {
  const mean = (/** @type {0 | 1} */ axis) =>
    points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const spread = points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  return points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / spread;
}
