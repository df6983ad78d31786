import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot } from '../latent/latent.js';
import { cholesky, choleskySolve } from '../latent/matrix.js';
import { createFakeAttributes } from '../testing/fake-attributes.js';
import { measureLatent } from './edits.js';
import { createSolver } from './solve.js';
import type { Attribute, AttributeSet } from './types.js';

const set = createFakeAttributes();
const solver = createSolver(set);
const names = set.attributes.map((attribute) => attribute.name);
const attribute = (name: string, of = set): Attribute =>
  of.attributes.find((candidate) => candidate.name === name)!;

/** Score changes of all attributes by a change of latent. */
function moved(delta: Float32Array, of: AttributeSet = set): Record<string, number> {
  return Object.fromEntries(of.attributes.map((a) => [a.name, dot(a.probe.weights, delta)]));
}

/** Length in standard deviations over faces. */
function mahalanobis(delta: Float32Array): number {
  const { covariance, size } = set.latent;
  const factor = cholesky(Float64Array.from(covariance), size)!;
  return Math.sqrt(dot(delta, choleskySolve(factor, Float64Array.from(delta))));
}

const strength = fc.double({ min: -6, max: 6, noNaN: true });
/** Some attributes edited, some others kept. */
const request = fc
  .tuple(fc.shuffledSubarray(names), fc.array(strength, { minLength: 12, maxLength: 12 }))
  .chain(([chosen, strengths]) =>
    fc.record({
      chosen: fc.constant(chosen),
      strengths: fc.constant(strengths),
      edits: fc.nat({ max: chosen.length }),
    }),
  )
  .map(({ chosen, strengths, edits }) => ({
    edits: Object.fromEntries(chosen.slice(0, edits).map((name, i) => [name, strengths[i]!])),
    keep: chosen.slice(edits),
  }));

describe('solve', () => {
  it('is strength times the direction of the file for one edit without locks', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), strength, (name, value) => {
        const { delta } = solver.solve({ [name]: value }, []);
        const { direction } = attribute(name);
        for (let i = 0; i < delta.length; i++) {
          expect(Math.abs(delta[i]! - value * direction[i]!)).toBeLessThan(1e-4);
        }
      }),
    );
  });

  it('brings every score asked for and holds every lock, for any set', () => {
    fc.assert(
      fc.property(request, ({ edits, keep }) => {
        const { delta, reached } = solver.solve(edits, keep);
        const scores = moved(delta);
        expect(Object.keys(reached).sort()).toEqual([...Object.keys(edits), ...keep].sort());
        for (const [name, asked] of Object.entries(edits)) {
          expect(Math.abs(scores[name]! - asked)).toBeLessThan(1e-3);
        }
        for (const name of keep) expect(Math.abs(scores[name]!)).toBeLessThan(1e-3);
        for (const [name, value] of Object.entries(reached)) {
          expect(Math.abs(value - scores[name]!)).toBeLessThan(1e-6);
        }
      }),
    );
  });

  it('does not depend on the order of edits and locks, to the bit', () => {
    fc.assert(
      fc.property(request, ({ edits, keep }) => {
        const reversed = Object.fromEntries(Object.entries(edits).reverse());
        expect(solver.solve(reversed, [...keep].reverse()).delta).toEqual(
          solver.solve(edits, keep).delta,
        );
      }),
    );
  });

  it('returns by the opposite edit', () => {
    fc.assert(
      fc.property(request, ({ edits, keep }) => {
        const opposite = Object.fromEntries(Object.entries(edits).map(([k, v]) => [k, -v]));
        const there = solver.solve(edits, keep).delta;
        const back = solver.solve(opposite, keep).delta;
        for (let i = 0; i < there.length; i++) {
          expect(Math.abs(there[i]! + back[i]!)).toBeLessThan(1e-6);
        }
      }),
    );
  });

  it('lets related attributes move along, unless they are kept', () => {
    expect(moved(solver.solve({ smiling: 2 }, []).delta).high_cheekbones).toBeGreaterThan(0.8);
    const locked = solver.solve({ smiling: 2 }, ['high_cheekbones']);
    expect(Math.abs(locked.reached.high_cheekbones!)).toBeLessThan(1e-6);
    expect(locked.reached.smiling).toBeCloseTo(2, 3);
    // What is not locked and related still moves.
    expect(moved(locked.delta).mouth_open).toBeGreaterThan(0.2);
  });

  it('moves unrelated attributes by less than a hard solve alone would', () => {
    const { delta } = solver.solve({ smiling: 3, blond_hair: 2 }, ['mouth_open', 'beard']);
    for (const name of ['young', 'eyeglasses', 'yaw', 'gaze']) {
      expect(Math.abs(moved(delta)[name]!)).toBeLessThan(0.25);
    }
  });

  it('takes a probable change: no longer than the naive sum of directions needs, with locks', () => {
    const one = mahalanobis(solver.solve({ beard: 2 }, []).delta);
    const locked = mahalanobis(solver.solve({ beard: 2 }, ['male', 'young', 'mustache']).delta);
    expect(one).toBeGreaterThan(1.9);
    expect(locked).toBeLessThan(3 * one);
  });

  it('changes nothing without edits', () => {
    const { delta, reached } = solver.solve({}, ['male']);
    expect(delta).toEqual(new Float32Array(192));
    expect(reached).toEqual({ male: 0 });
  });
});

describe('solve with near-duplicates', () => {
  const smile = attribute('smiling');
  const twin = (share: number): Attribute => {
    // The difference is on a latent number that no other probe reads.
    const weights = smile.probe.weights.map(
      (value, i) => value * Math.sqrt(1 - share * share) + (i === 12 ? share : 0),
    );
    const scale = dot(weights, smile.direction);
    const direction = smile.direction.map((value) => value / scale);
    return { ...smile, name: 'grin', probe: { weights, bias: 0 }, direction, related: ['smiling'] };
  };
  const withTwin = (share: number): AttributeSet => ({
    ...set,
    attributes: [...set.attributes, twin(share)],
  });

  it.each([0, 1e-4, 1e-3])('holds the lock and reports that the edit fell short (%s)', (share) => {
    const { delta, reached } = createSolver(withTwin(share)).solve({ grin: 2 }, ['smiling']);
    expect(Math.abs(reached.smiling!)).toBeLessThan(1e-3);
    expect(Math.abs(reached.grin!)).toBeLessThan(0.05);
    expect(mahalanobis(delta)).toBeLessThan(10);
  });

  it('meets contradictory edits halfway instead of exploding', () => {
    const { delta, reached } = createSolver(withTwin(1e-4)).solve({ grin: 2, smiling: -1 }, []);
    expect(reached.grin).toBeCloseTo(0.5, 1);
    expect(reached.smiling).toBeCloseTo(0.5, 1);
    expect(mahalanobis(delta)).toBeLessThan(10);
  });

  it('holds two locks that are the same', () => {
    const twins = withTwin(1e-5);
    const { delta, reached } = createSolver(twins).solve({ beard: 3 }, ['smiling', 'grin']);
    expect(reached.beard).toBeCloseTo(3, 3);
    expect(Math.abs(reached.smiling!)).toBeLessThan(1e-3);
    expect(Math.abs(reached.grin!)).toBeLessThan(1e-3);
    expect(mahalanobis(delta)).toBeLessThan(10);
  });

  it('still does what is well determined (correlation 0.99)', () => {
    const { reached } = createSolver(withTwin(0.14)).solve({ grin: 2 }, ['smiling']);
    expect(reached.grin).toBeCloseTo(2, 1);
    expect(Math.abs(reached.smiling!)).toBeLessThan(1e-3);
  });
});

describe('speed', () => {
  it('solves a drag with eight locks in far less than a frame', () => {
    const keep = names.slice(4);
    const run = (value: number) => solver.solve({ smiling: value, blond_hair: 1 }, keep);
    const times = Array.from({ length: 400 }, (_, i) => {
      const start = performance.now();
      run(i / 100);
      return performance.now() - start;
    })
      .slice(200)
      .sort((a, b) => a - b);
    // About 0.03 ms; the limit leaves room for a busy machine.
    expect(times[100]).toBeLessThan(0.2);
  });

  it('gives the same whatever was solved before', () => {
    const fresh = createSolver(set);
    solver.solve({ smiling: 1, male: 2 }, ['young']);
    const edits = { smiling: 2, blond_hair: -1 };
    expect(solver.solve(edits, ['young']).delta).toEqual(fresh.solve(edits, ['young']).delta);
    expect(solver.solve(edits, ['young']).delta).toEqual(fresh.solve(edits, ['young']).delta);
  });
});

describe('measureLatent', () => {
  it('adds up with solve: measured after = measured before + reached', () => {
    const face = set.latent.mean;
    const { delta } = solver.solve({ smiling: 1.5 }, []);
    const after = measureLatent(
      set,
      face.map((value, i) => value + delta[i]!),
    );
    expect(after.smiling! - measureLatent(set, face).smiling!).toBeCloseTo(1.5, 4);
    expect(Object.keys(after)).toEqual(names);
  });
});
