// `npm run bench:learn`: the model's own sliders, learned again from 20 + 20 and from 100 + 100 faces of
// split A, as `facemorph learn` does, and judged on faces of split C; the same with shuffled labels.
// Reads shared/data. --quick takes fewer faces; --data names another folder; --json prints JSON.
import './help.mjs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FaceMorph, learnAttribute } from '@facemorph/core';
import { root } from '../scripts/lib/process.mjs';
import { auroc, mean } from './attributes/auroc.mjs';
import { encodedFaces, hasFaces, labelOf, shuffle } from './attributes/faces.mjs';

/** @typedef {{ name: string, shipped: number, few: number, many: number, faces: number }} Row */

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, data: { type: 'string' } },
});
const start = performance.now();
const data = options.data ?? join(root, '..', 'shared', 'data');
if (!hasFaces(data)) {
  console.error(`There are no faces to learn from: ${data} is missing or incomplete.`);
  process.exit(1);
}
const [DRAWS, FEW, MANY, LEAST] = [options.quick ? 1 : 3, 20, 100, 40];
const fm = await FaceMorph.load();
const known = fm.attributes;
const learnFrom = await encodedFaces(fm, data, 'A', options.quick ? 800 : 3000);
const judgeOn = await encodedFaces(fm, data, 'C', options.quick ? 400 : 1500);
await fm.dispose();

/** @type {Row[]} */
const rows = [];
/** @type {{ auroc: number, warned: boolean }[]} */
const shuffled = [];
for (const { name, probe } of known.attributes) {
  const label = labelOf(name);
  if (!label) continue;
  const [some, others] = [1, 0].map((kind) =>
    learnFrom.latents.filter((_, i) => label(learnFrom.labels[i] ?? {}) === kind),
  );
  if (!some || !others || Math.min(some.length, others.length) < LEAST) continue;
  const truth = judgeOn.labels.map(label);
  const judge = (/** @type {{ weights: Float32Array }} */ { weights }) =>
    auroc(
      judgeOn.latents.map((latent) => dot(weights, latent)),
      truth,
    );
  const again = (/** @type {number} */ count, /** @type {number} */ seed) => {
    const faces = {
      with: shuffle(some, seed).slice(0, count),
      without: shuffle(others, seed).slice(0, count),
    };
    return judge(learnAttribute(known, { name, ...faces }).attribute.probe);
  };
  const draws = Array.from({ length: DRAWS }, (_, seed) => seed + 1);
  rows.push({
    name,
    shipped: judge(probe),
    few: mean(draws.map((seed) => again(FEW, seed))),
    many: mean(draws.map((seed) => again(MANY, seed))),
    faces: Math.min(MANY, some.length, others.length),
  });
  for (const seed of draws) {
    const faces = [some, others].flatMap((side) => shuffle(side, seed).slice(0, FEW));
    // Another shuffle each time: one that leaves more of the faces with it on the wrong side learns the opposite.
    const mixed = shuffle(faces, 100 * rows.length + seed);
    const fake = learnAttribute(known, {
      name,
      with: mixed.slice(0, FEW),
      without: mixed.slice(FEW),
    });
    const warned = fake.warnings.some(({ code }) => code === 'CHANCE');
    shuffled.push({ auroc: judge(fake.attribute.probe), warned });
  }
  process.stderr.write(`\r${rows.length} attributes learned`);
}
process.stderr.write('\n');

const average = (/** @type {(row: Row) => number} */ of) => mean(rows.map(of));
const report = {
  benchmark: 'learn',
  model: known.model,
  faces: { learnedFrom: learnFrom.latents.length, judgedOn: judgeOn.latents.length, draws: DRAWS },
  mean: {
    shipped: average(({ shipped }) => shipped),
    few: average(({ few }) => few),
    many: average(({ many }) => many),
    shareFew: average(({ few, shipped }) => few / shipped),
    shareMany: average(({ many, shipped }) => many / shipped),
  },
  shuffled: {
    auroc: mean(shuffled.map((fit) => fit.auroc)),
    warned: mean(shuffled.map(({ warned }) => Number(warned))),
  },
  rows,
  seconds: (performance.now() - start) / 1000,
};
console.log(options.json ? JSON.stringify(report) : table());

/** @returns {string} */
function table() {
  const line = (/** @type {string[]} */ cells) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(22) : cell.padStart(9))).join(' ');
  const three = (/** @type {number} */ value) => value.toFixed(3);
  const { shipped, few, many, shareFew, shareMany } = report.mean;
  return [
    `AUROC on ${judgeOn.latents.length} faces of split C; learned from split A, mean of ${DRAWS} draws`,
    line(['attribute', 'shipped', `${FEW}+${FEW}`, `${MANY}+${MANY}`]),
    ...rows.map((row) =>
      line([
        row.name,
        three(row.shipped),
        three(row.few),
        three(row.many) + (row.faces < MANY ? `  (${row.faces} a side)` : ''),
      ]),
    ),
    line(['mean', three(shipped), three(few), three(many)]),
    line(['share of shipped', '', three(shareFew), three(shareMany)]),
    `shuffled labels, ${FEW}+${FEW}: AUROC ${three(report.shuffled.auroc)}, warned of in ${Math.round(100 * report.shuffled.warned)} % of cases`,
  ].join('\n');
}

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b @returns {number} */
function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
