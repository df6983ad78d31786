// `npm run bench:edits`: score asked against score reached, by the probes and by encoding the edited
// picture again, and what locks hold, beside the plain mean-difference vectors (mean of faces with minus
// mean of faces without, split A, scaled to raise the score by 1). Judged on split C. Reads shared/data.
// --quick takes fewer faces; --data names another folder; --json prints JSON.
import './help.mjs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addScaled, createSolver, FaceMorph, meanLatent, subtract } from '@facemorph/core';
import { root } from '../scripts/lib/process.mjs';
import { mean } from './attributes/auroc.mjs';
import { encodedFaces, hasFaces, labelOf } from './attributes/faces.mjs';
import { random } from './locate/random.mjs';

/** @typedef {import('@facemorph/core').Attribute} Attribute */
/** @typedef {import('@facemorph/core').Latent} Latent */
/** @typedef {{ slope: number, r2: number }} Line */
/** @typedef {{ probes: number, again: number }} Moved */
/** @typedef {{ name: string, error: number, solved: Line, plain: Line | undefined }} Row */

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, data: { type: 'string' } },
});
const start = performance.now();
const data = options.data ?? join(root, '..', 'shared', 'data');
if (!hasFaces(data)) {
  console.error(`There are no faces to edit: ${data} is missing or incomplete.`);
  process.exit(1);
}
const STRENGTHS = [-2, -1, 1, 2];
const LOCKS = [0, 1, 3, 8];
const fm = await FaceMorph.load();
const { attributes } = fm.attributes;
const solver = createSolver(fm.attributes);
const learnFrom = await encodedFaces(fm, data, 'A', options.quick ? 800 : 3000);
const faces = (await encodedFaces(fm, data, 'C', options.quick ? 400 : 1500)).latents.slice(
  0,
  options.quick ? 4 : 10,
);
/** What the model makes of each face: edits of the picture are measured from there. */
const still = await Promise.all(faces.map((face) => again(face)));

/** @type {Row[]} */
const rows = [];
for (const attribute of attributes) {
  const { name } = attribute;
  const plainVector = meanDifference(attribute);
  const points = { solved: /** @type {number[][]} */ ([]), plain: /** @type {number[][]} */ ([]) };
  let error = 0;
  for (const strength of STRENGTHS) {
    const { delta } = solver.solve({ [name]: strength }, []);
    error = Math.max(error, Math.abs(dot(attribute.probe.weights, delta) - strength));
    for (const [i, face] of faces.entries()) {
      const seen = (/** @type {Latent} */ latent) =>
        dot(attribute.probe.weights, subtract(latent, still[i] ?? face));
      points.solved.push([strength, seen(await again(addScaled(face, delta)))]);
      if (!plainVector) continue;
      points.plain.push([strength, seen(await again(addScaled(face, plainVector, strength)))]);
    }
  }
  rows.push({
    name,
    error,
    solved: fitLine(points.solved),
    plain: plainVector && fitLine(points.plain),
  });
  process.stderr.write(`\r${rows.length} of ${attributes.length} attributes`);
}

/**
 * Edits of one attribute by 1.5 with random locks: mean movement of the locked scores, by the probes and
 * after decoding and encoding again, and what the edit itself reached.
 */
const next = random(3);
const edited = attributes.filter((attribute) => meanDifference(attribute));
/** @typedef {{ probes: number, largest: number, again: number }} Average */
/** @type {{ locks: number, reached: number, solved: Average, plain: Average }[]} */
const locks = [];
for (const count of LOCKS) {
  /** @type {Moved[]} */
  const solvedMoves = [];
  /** @type {Moved[]} */
  const plainMoves = [];
  /** @type {number[]} */
  const reached = [];
  for (let trial = 0; trial < (options.quick ? 6 : 48); trial++) {
    const attribute = pick(edited, next);
    // Without locks: what happens to three that one could have locked.
    /** @type {Attribute[]} */
    const watched = [];
    while (watched.length < (count || 3)) {
      const other = pick(attributes, next);
      if (other !== attribute && !watched.includes(other)) watched.push(other);
    }
    const kept = count === 0 ? [] : watched.map(({ name }) => name);
    const solution = solver.solve({ [attribute.name]: 1.5 }, kept);
    reached.push((solution.reached[attribute.name] ?? 0) / 1.5);
    const nothing = new Float32Array(fm.latentSize);
    const plain = addScaled(nothing, meanDifference(attribute) ?? nothing, 1.5);
    const i = trial % faces.length;
    solvedMoves.push(...(await movesOf(watched, i, solution.delta)));
    plainMoves.push(...(await movesOf(watched, i, plain)));
  }
  const average = (/** @type {Moved[]} */ moves) => ({
    probes: mean(moves.map(({ probes }) => probes)),
    largest: Math.max(...moves.map(({ probes }) => probes)),
    again: mean(moves.map((move) => move.again)),
  });
  locks.push({
    locks: count,
    reached: mean(reached),
    solved: average(solvedMoves),
    plain: average(plainMoves),
  });
}
await fm.dispose();
process.stderr.write('\n');

const report = {
  benchmark: 'edits',
  model: fm.attributes.model,
  faces: faces.length,
  strengths: STRENGTHS,
  largestError: Math.max(...rows.map(({ error }) => error)),
  rows,
  locks,
  seconds: (performance.now() - start) / 1000,
};
console.log(options.json ? JSON.stringify(report) : table());

/**
 * How far watched scores of a face go with a change.
 *
 * @param {readonly Attribute[]} watched
 * @param {number} i
 * @param {Latent} delta
 * @returns {Promise<Moved[]>}
 */
async function movesOf(watched, i, delta) {
  const face = faces[i] ?? delta;
  const change = subtract(await again(addScaled(face, delta)), still[i] ?? face);
  return watched.map(({ probe }) => ({
    probes: Math.abs(dot(probe.weights, delta)),
    again: Math.abs(dot(probe.weights, change)),
  }));
}

/** The latent of what the model draws. @param {Latent} latent @returns {Promise<Latent>} */
async function again(latent) {
  return fm.encode(await fm.decode(latent));
}

/** The seed's direction, scaled to raise the probe's score by 1. @param {Attribute} attribute @returns {Latent | undefined} */
function meanDifference({ name, probe }) {
  const label = labelOf(name);
  if (!label) return undefined;
  const [some, others] = [1, 0].map((kind) =>
    learnFrom.latents.filter((_, i) => label(learnFrom.labels[i] ?? {}) === kind),
  );
  if (!some?.length || !others?.length) return undefined;
  const difference = subtract(meanLatent(some), meanLatent(others));
  return addScaled(
    new Float32Array(difference.length),
    difference,
    1 / dot(probe.weights, difference),
  );
}

/** Least squares. @param {readonly number[][]} points @returns {Line} */
function fitLine(points) {
  const x = mean(points.map((point) => point[0] ?? 0));
  const y = mean(points.map((point) => point[1] ?? 0));
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (const [px = 0, py = 0] of points) {
    xx += (px - x) ** 2;
    xy += (px - x) * (py - y);
    yy += (py - y) ** 2;
  }
  return { slope: xy / xx, r2: (xy * xy) / (xx * yy) };
}

/** @template T @param {readonly T[]} list @param {() => number} draw @returns {T} */
function pick(list, draw) {
  return /** @type {T} */ (list[Math.floor(draw() * list.length)]);
}

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b @returns {number} */
function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** @returns {string} */
function table() {
  const line = (/** @type {string[]} */ cells) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(22) : cell.padStart(12))).join(' ');
  const of = (/** @type {Line | undefined} */ fit) =>
    fit ? [fit.slope.toFixed(2), fit.r2.toFixed(2)] : ['-', '-'];
  return [
    `Asked against reached, ${faces.length} faces of split C, strengths ${STRENGTHS.join(', ')}`,
    `by the probes: largest error ${report.largestError.toExponential(1)}; encoded again:`,
    line(['attribute', 'slope', 'R2', 'plain slope', 'plain R2']),
    ...rows.map(({ name, solved, plain }) => line([name, ...of(solved), ...of(plain)])),
    '',
    'Mean movement of locked attributes (without locks: of three others), for an edit of 1.5',
    line(['locks', 'edit reached', 'by probes', 'largest', 'again', 'plain probes', 'plain again']),
    ...locks.map(({ locks, reached, solved, plain }) =>
      line([
        String(locks),
        `${Math.round(100 * reached)} %`,
        solved.probes.toFixed(4),
        solved.largest.toFixed(4),
        solved.again.toFixed(3),
        plain.probes.toFixed(3),
        plain.again.toFixed(3),
      ]),
    ),
  ].join('\n');
}
