/** @typedef {import('../peers.mjs').Row} Row */

/** @type {Record<string, string>} */
const names = {
  gemm: 'matrix products (the peak)',
  'ort-int8': 'our decoder, int8, onnxruntime-web',
  'ort-float': 'our decoder, float, onnxruntime-web',
  'tfjs-same': 'the same layers, TensorFlow.js',
  'tfjs-project': 'TensorflowJsProject, TensorFlow.js',
  'ort-dcgan': 'DCGAN, onnxruntime-web',
  'tfjs-dcgan': 'DCGAN, TensorFlow.js',
};

/**
 * @param {{ rounds: number, candidates: Record<string, Row>, ratios: Record<string, number> }} report
 * @returns {string}
 */
export function peersTable({ rounds, candidates, ratios }) {
  const rows = Object.entries(candidates).map(([name, row]) => {
    const times = [row.min, row.median, row.p95].map((time) => time.toFixed(1).padStart(8));
    const work = [(row.macs / 1e6).toFixed(0), row.gflops.toFixed(1)].map((n) => n.padStart(8));
    const share = `${Math.round(row.share * 100)} %`.padStart(7);
    return `${(names[name] ?? name).padEnd(45)} ${[...times, ...work, share].join(' ')}`;
  });
  return [
    `${`ms, one thread, ${rounds} rounds in turns`.padEnd(45)}      min   median      p95     MMAC  GFLOP/s of peak`,
    ...rows,
    '',
    ...Object.entries(ratios).map(([what, ratio]) => `${what}: ${ratio.toFixed(2)}x`),
  ].join('\n');
}
