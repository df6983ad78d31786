// `npm run bench:peers`: our decoder in onnxruntime-web, in float and in int8, beside the same layers in
// TensorFlow.js (its wasm backend), beside the decoder that TensorflowJsProject ships, and beside DCGAN's in both.
// All in one Worker of one headless Chromium, one thread, in turns; ratios of medians.
// --quick takes 8 rounds, not 60; --json prints one JSON object on stdout.
import './help.mjs';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { findChromium } from '../scripts/lib/chromium.mjs';
import { root } from '../scripts/lib/process.mjs';
import { serve } from '../scripts/lib/static-server.mjs';
import { countMacs } from './macs.mjs';
import { MATMUL_MACS } from './matmul-model.mjs';
import { peersTable } from './peers/report.mjs';
import { DCGAN, PROJECT, transposedMacs } from './peers/shapes.mjs';
import { raisePriority } from './priority.mjs';
import { summarize } from './statistics.mjs';

/** @typedef {import('./peers/page/main.mjs').Page} Page */
/** @typedef {import('./peers/page/worker.mjs').Task} Task */
/** @typedef {import('./peers/page/worker.mjs').Times} Times */
/** @typedef {import('./statistics.mjs').Summary & { macs: number, gflops: number, share: number }} Row */

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' } },
});
const executablePath = findChromium();
if (executablePath === undefined) throw new Error('No Chromium or Chrome was found');
raisePriority();
const weights = join(root, 'packages', 'models', 'weights', 'facemorph-128');
const manifest = JSON.parse(readFileSync(join(weights, 'manifest.json'), 'utf8'));
const macs = countMacs(readFileSync(join(weights, manifest.files.decoder.path)));
/** @type {Task} */
const task = {
  rounds: options.quick ? 8 : 60,
  warmUps: 3,
  latent: manifest.latent.size,
  widths: manifest.training.model.decoder,
};

const folder = mkdtempSync(join(tmpdir(), 'facemorph-peers-'));
try {
  await build({
    configFile: false,
    root: join(root, 'bench', 'peers', 'page'),
    base: './',
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
    worker: { format: 'es' },
  });
  const { version, times } = await measure(executablePath);
  const report = {
    benchmark: 'peers',
    quick: options.quick ?? false,
    machine: { cpu: cpus()[0]?.model.trim(), cores: cpus().length, chromium: version },
    model: { id: manifest.id, sha256: manifest.files.encoder.sha256 },
    threads: 1,
    rounds: task.rounds,
    ...results(times),
  };
  console.log(options.json ? JSON.stringify(report) : peersTable(report));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {string} path */
async function measure(path) {
  const server = await serve({ folder });
  const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    const times = await page.evaluate(
      (given) => /** @type {Page} */ (/** @type {unknown} */ (globalThis)).measure(given),
      task,
    );
    return { version: browser.version(), times };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** @param {Times} times */
function results(times) {
  const counts = {
    gemm: MATMUL_MACS,
    'tfjs-project': transposedMacs(PROJECT),
    'ort-dcgan': transposedMacs(DCGAN),
    'tfjs-dcgan': transposedMacs(DCGAN),
  };
  const speeds = Object.entries(times).map(([name, list]) => {
    const summary = summarize(list);
    const work = counts[/** @type {keyof typeof counts} */ (name)] ?? macs;
    return { name, ...summary, macs: work, gflops: (2 * work) / summary.median / 1e6 };
  });
  const peak = speeds.find(({ name }) => name === 'gemm')?.gflops ?? Number.NaN;
  /** @type {Record<string, Row>} */
  const candidates = Object.fromEntries(
    speeds.map(({ name, ...row }) => [name, { ...row, share: row.gflops / peak }]),
  );
  const ratio = (/** @type {string} */ slow, /** @type {string} */ fast) =>
    Number(candidates[slow]?.median) / Number(candidates[fast]?.median);
  return {
    candidates,
    ratios: {
      'same architecture, TensorFlow.js : ours in float': ratio('tfjs-same', 'ort-float'),
      'same architecture, TensorFlow.js : ours in int8': ratio('tfjs-same', 'ort-int8'),
      'TensorflowJsProject as it ships : ours in float': ratio('tfjs-project', 'ort-float'),
      'TensorflowJsProject as it ships : ours in int8': ratio('tfjs-project', 'ort-int8'),
      'DCGAN, TensorFlow.js : ours in float': ratio('tfjs-dcgan', 'ort-float'),
      'DCGAN, TensorFlow.js : ours in int8': ratio('tfjs-dcgan', 'ort-int8'),
      'DCGAN, TensorFlow.js : onnxruntime': ratio('tfjs-dcgan', 'ort-dcgan'),
    },
  };
}
