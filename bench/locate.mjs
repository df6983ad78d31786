// `npm run bench:locate`: how many faces the locator finds in photos of people it has never seen, how
// often it sees one where there is none, how near its landmarks come to the teacher's, and how long it
// takes; the same for face-api's tiny networks. Reads shared/data, split C; --split A is for choosing
// networks and thresholds, --model FOLDER for weights that are not shipped yet.
// --quick takes a part of the pictures; --json prints one JSON object on stdout.
import './help.mjs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FaceMorph } from '@facemorph/core';
import { root } from '../scripts/lib/process.mjs';
import { openPeer } from './locate/peer.mjs';
import { hasPictures, pictures, samplePhotos } from './locate/pictures.mjs';
import { locatorTable } from './locate/report.mjs';
import { falseAlarms, score } from './locate/score.mjs';
import { summarize } from './statistics.mjs';

/** @typedef {import('./locate/score.mjs').Points} Points */
/** @typedef {import('./locate/score.mjs').Looked} Looked */
/** @typedef {{ name: string, locate: (pixels: import('@facemorph/core').Pixels) => Promise<Points[]> }} Locator */
/** @typedef {import('./locate/score.mjs').Score & { falseAlarms: number, ms: number, groups: Record<string, import('./locate/score.mjs').Score> }} Result */

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean' },
    quick: { type: 'boolean' },
    split: { type: 'string', default: 'C' },
    model: { type: 'string' },
  },
});
const start = performance.now();
const data = join(root, '..', 'shared', 'data');
if (!hasPictures(data)) {
  console.error(`There are no photos to look at: ${data} is missing or incomplete.`);
  process.exit(1);
}

const fm = await FaceMorph.load({ backend: 'wasm', model: options.model });
/** @type {Locator} */
const ours = {
  name: fm.manifest.id,
  locate: async (pixels) => (await fm.locate(pixels)).map(({ landmarks }) => landmarks),
};
const peer = await openPeer();
const locators = [ours, peer];

/** @type {Map<Locator, Looked[]>} */
const looked = new Map(locators.map((locator) => [locator, []]));
const size = options.quick ? { photos: 90, composites: 40 } : { photos: 1000, composites: 400 };
for await (const { group, pixels, faces } of pictures(data, { split: options.split, ...size })) {
  for (const [locator, list] of looked) {
    list.push({ group, faces, found: await locator.locate(pixels) });
  }
}
/** @type {Map<Locator, number[]>} */
const times = new Map(locators.map((locator) => [locator, []]));
const photos = await samplePhotos(data);
for (let round = 0; round < (options.quick ? 2 : 5); round++) {
  for (const photo of photos) {
    for (const [locator, list] of times) {
      const before = performance.now();
      await locator.locate(photo);
      // The first round warms up.
      if (round > 0) list.push(performance.now() - before);
    }
  }
}
await fm.dispose();

const report = {
  benchmark: 'locate',
  quick: options.quick ?? false,
  machine: { cpu: cpus()[0]?.model.trim(), cores: cpus().length, node: process.version },
  model: { id: fm.manifest.id, sha256: fm.manifest.files.locator?.sha256 },
  threads: 1,
  ...resultOf(ours),
  peer: { name: peer.name, ...resultOf(peer) },
  seconds: (performance.now() - start) / 1000,
};
console.log(options.json ? JSON.stringify(report) : locatorTable(report));

/**
 * @param {Locator} locator
 * @returns {Result}
 */
function resultOf(locator) {
  const list = looked.get(locator) ?? [];
  const groups = new Set(list.map(({ group }) => group));
  return {
    ...score(list),
    falseAlarms: falseAlarms(list),
    ms: summarize(times.get(locator) ?? []).median,
    groups: Object.fromEntries(
      [...groups].map((name) => [name, score(list.filter(({ group }) => group === name))]),
    ),
  };
}
