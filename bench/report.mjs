/** @typedef {import('./main.mjs').Result} Result */
/** @typedef {import('./main.mjs').Skipped} Skipped */

/**
 * The results as text.
 *
 * @param {{ results: Result[], skipped: Skipped[], model: { id: string, macs: { encoder: number, decoder: number } } }} report
 * @returns {string}
 */
export function table({ results, skipped, model }) {
  const header = ['runtime', 'backend', 'work', 'min', 'median', 'p95 ms', 'GFLOP/s', 'of peak'];
  const rows = results.flatMap((result) =>
    /** @type {const} */ (['gemm', 'decode', 'encode']).map((work) => {
      const { min, median, p95, gflops, share } = result[work];
      const times = [min, median, p95].map((time) => time.toFixed(1));
      const percent = work === 'gemm' ? 'peak' : `${Math.round(share * 100)} %`;
      return [result.runtime, result.backend, work, ...times, gflops.toFixed(1), percent];
    }),
  );
  const { decoder, encoder } = model.macs;
  return [
    `${model.id}: decoder ${(decoder / 1e6).toFixed(0)} MMAC, encoder ${(encoder / 1e6).toFixed(0)} MMAC, 1 thread`,
    ...[header, ...rows].map(line),
    ...skipped.map(({ runtime, backend, reason }) => `${runtime} ${backend}: skipped, ${reason}`),
  ].join('\n');
}

/** @param {string[]} cells @returns {string} */
function line(cells) {
  return cells.map((cell, i) => (i < 3 ? cell.padEnd(17) : cell.padStart(9))).join(' ');
}
