// `npm run bench:plot peers.json`: draws the results of `npm run bench:peers -- --json` as docs/assets/peers.svg.
import './help.mjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/lib/process.mjs';

/** @typedef {import('./peers.mjs').Row} Row */
/** @type {[name: string, label: string, ours: boolean][]} */
const BARS = [
  ['ort-int8', 'FaceMorph, int8 (live frames)', true],
  ['ort-float', 'FaceMorph, float', true],
  ['tfjs-same', 'the same layers in TensorFlow.js', false],
  ['tfjs-project', 'TensorflowJsProject, as it ships', false],
  ['ort-dcgan', 'DCGAN in onnxruntime-web', false],
  ['tfjs-dcgan', 'DCGAN in TensorFlow.js', false],
];
const [WIDTH, LABEL, ROW, TOP] = [760, 270, 34, 58];
const SCALE = WIDTH - LABEL - 90;

const [path] = process.argv.slice(2);
if (path === undefined)
  throw new Error('Give the file with the results: node bench/plot.mjs peers.json');
/** @type {{ rounds: number, candidates: Record<string, Row>, machine: { cpu: string } }} */
const { candidates, rounds, machine } = JSON.parse(readFileSync(path, 'utf8'));
writeFileSync(join(root, 'docs', 'assets', 'peers.svg'), draw());

/** Median times as bars. */
function draw() {
  const longest = Math.max(...BARS.map(([name]) => candidates[name]?.median ?? 0));
  const rows = BARS.map(([name, label, ours], i) => {
    const { median = 0 } = candidates[name] ?? {};
    const y = TOP + i * ROW;
    const length = Math.max((median / longest) * SCALE, 1);
    return [
      `<text x="${LABEL - 12}" y="${y + 16}" text-anchor="end">${label}</text>`,
      `<rect class="${ours ? 'ours' : 'other'}" x="${LABEL}" y="${y}" width="${length.toFixed(1)}" height="22" rx="3"/>`,
      `<text x="${(LABEL + length + 8).toFixed(1)}" y="${y + 16}">${median.toFixed(1)} ms</text>`,
    ].join('\n');
  });
  const height = TOP + BARS.length * ROW + 34;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Time to decode one face in Chromium">
<style>
text { font: 14px system-ui, sans-serif; fill: #1f2328; }
.title { font-weight: 600; font-size: 16px; }
.note { font-size: 12px; fill: #59636e; }
.ours { fill: #7a3ff2; }
.other { fill: #afb8c1; }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc; }
  .note { fill: #9198a1; }
  .ours { fill: #a78bfa; }
  .other { fill: #59636e; }
}
</style>
<text class="title" x="16" y="28">One 128x128 face, decoded in Chromium: median time (less is better)</text>
${rows.join('\n')}
<text class="note" x="16" y="${height - 14}">wasm, one thread, ${rounds} rounds in turns, ${machine.cpu}; the machine was busy with other work</text>
</svg>
`;
}
