import { describe, expect, it } from 'vitest';
import { createDensity } from '../../latent/density.js';
import { dot, type Latent } from '../../latent/latent.js';
import { multiply } from '../../latent/matrix.js';
import { createRandom } from '../../latent/random.js';
import { createFakeAttributes } from '../../testing/fake-attributes.js';
import { loadToy } from '../../testing/load-toy.js';
import { findAttribute, scoreOf } from '../edits.js';
import { mergeAttributes } from '../merge.js';
import { parseAttributes } from '../parse.js';
import { writeAttributes } from '../write.js';
import { concordance } from './concordance.js';
import { correlation } from './correlation.js';
import { fitProbe } from './fit.js';
import { learnAttribute } from './learn.js';
import { centre, compact, createRidge } from './ridge.js';

const known = createFakeAttributes();
const { latent } = known;
const random = createRandom(5);
const density = createDensity(latent.mean, latent.covariance);
const faces = (count: number): Latent[] =>
  Array.from({ length: count }, () => density.sample(random, 1));

/** What there is to learn, which no known attribute measures. */
const hidden = Float32Array.from({ length: latent.size }, (_, i) => (i >= 100 && i < 112 ? 1 : 0));
const truth = (face: Latent): number => dot(hidden, face);

function sides(count: number): { with: Latent[]; without: Latent[] } {
  const sorted = faces(8 * count).sort((a, b) => truth(a) - truth(b));
  return { with: sorted.slice(-2 * count, -count), without: sorted.slice(count, 2 * count) };
}

const refusal = (message: RegExp) =>
  expect.objectContaining({
    code: expect.stringMatching(/^(EXAMPLES|ARGUMENT)_INVALID$/),
    message: expect.stringMatching(message),
  });

describe('the ridge', () => {
  it('gives the held-out scores that refitting without each face gives', () => {
    const rows = centre(faces(9).map((face) => face.subarray(0, 6)));
    const labels = [1, -1, 2, 0.5, 1, -3, 0, 0, 1];
    const { heldOut } = createRidge(rows, 2).fit(labels);
    for (const [i, row] of rows.entries()) {
      const rest = centre(rows.filter((_, j) => j !== i));
      const { weights } = createRidge(rest, 2).fit(labels.filter((_, j) => j !== i));
      expect(heldOut[i]).toBeCloseTo(dot(weights, row), 10);
    }
  });
});

it('is the same in fewer coordinates', () => {
  const rows = centre(faces(12));
  const labels = [1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1];
  const [whole, small] = [rows, compact(rows)].map((r) => createRidge(r, 20).fit(labels));
  expect(compact(rows)[0]).toHaveLength(12);
  for (const [i, score] of whole!.heldOut.entries()) {
    expect(small!.heldOut[i]).toBeCloseTo(score, 8);
    expect(small!.shares[i]).toBeCloseTo(whole!.shares[i]!, 8);
  }
  for (const [k, weight] of whole!.weights.entries()) {
    const sum = rows.reduce((total, row, i) => total + row[k]! * whole!.shares[i]!, 0);
    expect(sum).toBeCloseTo(weight, 8);
  }
});

describe('concordance', () => {
  it('is the area under the ROC curve, ties half', () => {
    expect(concordance([1, 2, 3, 4], [-1, -1, 1, 1])).toBe(1);
    expect(concordance([4, 3, 2, 1], [-1, -1, 1, 1])).toBe(0);
    expect(concordance([1, 2, 2, 3], [-1, -1, 1, 1])).toBe(0.875);
    expect(concordance([1, 2], [1, 1])).toBe(0.5);
  });
});

describe('learnAttribute', () => {
  const learned = learnAttribute(known, { name: 'mine', label: 'Mine', ...sides(40) });
  const { attribute } = learned;

  it('tells new faces apart, as well as it says', () => {
    const fresh = faces(400);
    const labels = fresh.map((face) => Math.sign(truth(face)));
    const auroc = concordance(
      fresh.map((face) => scoreOf(attribute, face)),
      labels,
    );
    expect(auroc).toBeGreaterThan(0.75);
    expect(learned.auroc).toBeGreaterThan(0.75);
    expect(learned).toMatchObject({ faces: 80, warnings: [] });
    expect(learned.chance).toBeLessThan(0.02);
  });

  it('has the units of the others: deviation 1 and mean 0 over faces, direction raises by 1', () => {
    const { weights } = attribute.probe;
    expect(dot(weights, multiply(latent.covariance, weights))).toBeCloseTo(1, 4);
    expect(scoreOf(attribute, latent.mean)).toBeCloseTo(0, 4);
    expect(dot(weights, attribute.direction)).toBeCloseTo(1, 4);
    const [low, high] = attribute.range;
    expect(-low).toBe(high);
    expect(high).toBeGreaterThanOrEqual(2);
  });

  it('holds unrelated attributes still', () => {
    for (const other of known.attributes) {
      if (attribute.related.includes(other.name)) continue;
      expect(Math.abs(dot(other.probe.weights, attribute.direction))).toBeLessThan(0.12);
    }
  });

  it('is written, read and merged like any other', () => {
    const text = JSON.stringify(writeAttributes(learned.set));
    const merged = mergeAttributes(known, parseAttributes(text));
    expect(findAttribute(merged, 'mine')).toEqual(attribute);
  });

  it('is usable at once, on faces that are open already', async () => {
    const { fm } = await loadToy();
    const [face] = await fm.sample({ seed: 3 });
    await fm.addAttributes(learned.set);
    const edited = await face!.edit({ mine: 1.5 }, { keep: ['male'] });
    expect(edited.reached.mine).toBeCloseTo(1.5, 3);
    expect(edited.reached.male).toBeCloseTo(0, 3);
    expect(edited.measure().mine! - face!.measure().mine!).toBeCloseTo(1.5, 3);
    await fm.addAttributes(writeAttributes(learned.set));
    expect(fm.attributes.attributes.filter(({ name }) => name === 'mine')).toHaveLength(1);
  });

  it('gives the same for the same faces', () => {
    const examples = sides(10);
    const again = (): object => learnAttribute(known, { name: 'mine', ...examples });
    expect(again()).toEqual(again());
  });

  it('learns from numbers too', () => {
    const latents = faces(120);
    const values = latents.map((face) => 40 + 3 * truth(face) + random.normal());
    const learned = learnAttribute(known, { name: 'age', latents, values });
    const { attribute, auroc, warnings } = learned;
    const fresh = faces(200);
    const order = concordance(
      fresh.map((face) => scoreOf(attribute, face)),
      fresh.map(truth),
    );
    expect(order).toBeGreaterThan(0.7);
    expect(auroc).toBeGreaterThan(0.65);
    expect(warnings).toEqual([]);
    // It says of faces that it has not seen what holds for others too.
    const scores = fresh.map((face) => scoreOf(attribute, face));
    const seen = correlation(scores, fresh.map(truth));
    expect(learned.correlation).toBeGreaterThan(0.4);
    expect(Math.abs(learned.correlation! - seen)).toBeLessThan(0.25);
    expect(attribute.evidence).toMatchObject({ correlation: learned.correlation });
    expect(attribute.evidence).not.toHaveProperty('auroc');
    const read = parseAttributes(JSON.stringify(writeAttributes(learned.set)));
    expect(findAttribute(read, 'age')).toEqual(attribute);
  });

  it('says when numbers are chance', () => {
    const learned = [1, 2, 3, 4, 5].map(() => {
      const values = Array.from({ length: 40 }, () => random.normal());
      return learnAttribute(known, { name: 'x', latents: faces(40), values });
    });
    const warned = learned.filter(({ warnings }) => warnings.some(({ code }) => code === 'CHANCE'));
    expect(warned.length).toBeGreaterThanOrEqual(4);
    const told = learned.reduce((sum, { correlation: one }) => sum + one! / learned.length, 0);
    expect(told).toBeLessThan(0.3);
  });

  it('says when it is chance', () => {
    const codes = [1, 2, 3, 4, 5].map(() => {
      const examples = { with: faces(20), without: faces(20) };
      return learnAttribute(known, { name: 'x', ...examples }).warnings.map(({ code }) => code);
    });
    expect(codes.filter((list) => list.includes('CHANCE')).length).toBeGreaterThanOrEqual(4);
  });

  it('is fair: the level of shuffled labels is uniform', () => {
    const levels = Array.from({ length: 60 }, () => {
      const labels = Array.from({ length: 16 }, (_, i) => (i % 2 ? 1 : -1));
      const few = faces(16).map((face) => face.subarray(0, 24));
      return fitProbe(few, labels, 1).chance;
    });
    const low = levels.filter((chance) => chance <= 0.2).length;
    expect(low).toBeGreaterThan(2);
    expect(low).toBeLessThan(24);
  });

  it('says when faces are few, given twice, or differ in what is known already', () => {
    const few = sides(3);
    const copy = few.with[0]!.slice();
    const { warnings, faces: count } = learnAttribute(known, {
      name: 'x',
      with: [...few.with, copy],
      without: few.without,
    });
    expect(count).toBe(6);
    expect(warnings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['FEW_FACES', 'FACES_TWICE']),
    );
    const male = findAttribute(known, 'male');
    const sorted = faces(1200).sort((a, b) => scoreOf(male, a) - scoreOf(male, b));
    const like = learnAttribute(known, {
      name: 'x',
      with: sorted.slice(-150),
      without: sorted.slice(0, 150),
    });
    expect(like.warnings).toEqual([
      expect.objectContaining({ code: 'LIKE_ANOTHER', message: 'It moves with "male"' }),
    ]);
    expect(like.attribute.related).toContain('male');
  });

  it('refuses what cannot be learned from', () => {
    const { with: some, without: others } = sides(3);
    const learn = (examples: object) => () =>
      learnAttribute(known, { name: 'x', with: some, without: others, ...examples } as never);
    expect(learn({ with: [] })).toThrow(
      expect.objectContaining({
        code: 'EXAMPLES_INVALID',
        message: expect.stringMatching(/two different faces or more for with but.* 0$/),
      }),
    );
    expect(learn({ without: others.slice(0, 1) })).toThrow(refusal(/for without but received 1$/));
    expect(learn({ with: [some[0], some[0]] })).toThrow(refusal(/2 times the same one/));
    expect(learn({ without: [...others, some[2]] })).toThrow(
      refusal(/another face than with\[2\] for without\[3\] but received "the same"/),
    );
    const broken = some[0]!.slice();
    broken[7] = Number.NaN;
    expect(learn({ with: [some[1], broken] })).toThrow(
      refusal(/finite numbers for with\[1\]\[7\]/),
    );
    expect(learn({ with: [some[1], some[0]!.slice(1)] })).toThrow(
      refusal(/192 numbers for with\[1\]/),
    );
    expect(learn({ with: 'faces' })).toThrow(refusal(/an array of latents for with/));
    expect(learn({ name: 'My Thing' })).toThrow(refusal(/a-z, 0-9 and _ for name/));
    expect(learn({ group: 'mine' })).toThrow(refusal(/for group/));
    const numbered = faces(5);
    const numbers =
      (values: number[], latents = numbered) =>
      () =>
        learnAttribute(known, { name: 'x', latents, values });
    expect(numbers([1, Number.NaN, 2, 3, 4])).toThrow(
      refusal(/finite number for values\[1\].*NaN/),
    );
    expect(numbers([1, 2])).toThrow(refusal(/each of 5 faces for values but received 2/));
    expect(numbers([4, 4, 4, 4, 4])).toThrow(refusal(/numbers that differ/));
    expect(numbers([1, 2, 3, 4], numbered.slice(1))).toThrow(
      refusal(/five different faces or more for latents but received 4/),
    );
    expect(numbers([1, 2, 3, 4, 9], [...numbered.slice(1), numbered[1]!])).toThrow(
      refusal(/1, as for the same face before, for latents\[4\] but received 9/),
    );
  });
});
