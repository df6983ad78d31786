// `npm run bench`: how long one face takes to decode and to encode, on every backend that can be had
// in Node and in Chromium, and what share of the machine's speed at multiplying matrices that is.
// --quick ends within 45 s; --json prints one JSON object on stdout.
import './help.mjs';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../scripts/lib/process.mjs';
import { measureInChromium } from './chromium.mjs';
import { countMacs } from './macs.mjs';
import { measureInNode } from './node.mjs';
import { raisePriority } from './priority.mjs';
import { table } from './report.mjs';

/** @typedef {import('./measure.mjs').Measurement} Measurement */
/** @typedef {{ runtime: string, backend: string } & Measurement} Result */
/** @typedef {{ runtime: string, backend: string, reason: string }} Skipped */
/** @typedef {{ encoder: Uint8Array, decoder: Uint8Array, macs: { encoder: number, decoder: number }, latentSize: number, seconds: number }} Task */

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' } },
});
const start = performance.now();
raisePriority();
const model = join(root, 'packages', 'models', 'weights', 'facemorph-128');
const manifest = JSON.parse(readFileSync(join(model, 'manifest.json'), 'utf8'));
const [encoder, decoder] = [manifest.files.encoder, manifest.files.decoder].map(({ path }) =>
  readFileSync(join(model, path)),
);
if (!encoder || !decoder) throw new Error('The model has no files');

/** @type {Task} */
const task = {
  encoder,
  decoder,
  macs: { encoder: countMacs(encoder), decoder: countMacs(decoder) },
  latentSize: manifest.latent.size,
  seconds: options.quick ? 2.5 : 20,
};
/** @type {Result[]} */
const results = [];
/** @type {Skipped[]} */
const skipped = [];
for (const measureIn of [measureInNode, measureInChromium]) {
  for await (const result of measureIn(task)) {
    if ('reason' in result) skipped.push(result);
    else results.push(result);
    console.error(
      `${result.runtime} ${result.backend}: ${'reason' in result ? result.reason : 'done'}`,
    );
  }
}

const report = {
  benchmark: 'decode-encode',
  quick: options.quick ?? false,
  machine: { cpu: cpus()[0]?.model.trim(), cores: cpus().length, node: process.version },
  model: { id: manifest.id, sha256: manifest.files.encoder.sha256, macs: task.macs },
  threads: 1,
  results,
  skipped,
  seconds: (performance.now() - start) / 1000,
};
console.log(options.json ? JSON.stringify(report) : table(report));
process.exitCode = results.length > 0 ? 0 : 1;
