import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latentPath, lerp, slerp } from './interpolate.js';
import { addScaled, assertLatent, meanLatent, norm, subtract } from './latent.js';

const vector = (size: number): fc.Arbitrary<Float32Array> =>
  fc
    .array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: size, maxLength: size })
    .map((values) => Float32Array.from(values));

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) {
    expect(Math.abs(actual[i]! - expected[i]!)).toBeLessThanOrEqual(tolerance);
  }
}

describe('arithmetic', () => {
  it('undoes an addition by a subtraction', () => {
    fc.assert(
      fc.property(vector(5), vector(5), (a, b) => {
        expectClose(subtract(addScaled(a, b), b), a, 1e-6);
      }),
    );
  });

  it('averages', () => {
    const mean = meanLatent([Float32Array.of(1, 5), Float32Array.of(3, -1)]);
    expect(mean).toEqual(Float32Array.of(2, 2));
  });

  it('refuses vectors of different length instead of reading past the end', () => {
    expect(() => addScaled(Float32Array.of(1, 2), Float32Array.of(1))).toThrow(/equal length 2/);
  });

  it.each([
    [[1, 2], /Float32Array of 2 numbers for latent/],
    [Float32Array.of(1), /2 numbers for latent but received 1/],
    [Float32Array.of(1, Number.NaN), /finite numbers for latent\[1\] but received NaN/],
  ])('refuses %s as a latent', (value, message) => {
    expect(() => assertLatent(value, 2)).toThrow(message);
  });
});

describe('lerp and slerp', () => {
  it('start at a and end at b, exactly for lerp', () => {
    fc.assert(
      fc.property(vector(6), vector(6), vector(6), (a, b, centre) => {
        expectClose(lerp(a, b, 0), a, 0);
        expectClose(lerp(a, b, 1), b, 0);
        expectClose(slerp(a, b, 0, centre), a, 2e-6);
        expectClose(slerp(a, b, 1, centre), b, 2e-6);
      }),
    );
  });

  it('agrees with the sine formula', () => {
    fc.assert(
      fc.property(
        vector(4),
        vector(4),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b, time) => {
          fc.pre(norm(a) > 0.1 && norm(b) > 0.1);
          const unit = (v: Float32Array) => Float64Array.from(v, (x) => x / norm(v));
          const [u, v] = [unit(a), unit(b)];
          const cosine = u.reduce((sum, value, i) => sum + value * v[i]!, 0);
          fc.pre(Math.abs(cosine) < 0.999);
          const angle = Math.acos(cosine);
          const length = norm(a) * (1 - time) + norm(b) * time;
          const expected = u.map(
            (value, i) =>
              (length * (Math.sin((1 - time) * angle) * value + Math.sin(time * angle) * v[i]!)) /
              Math.sin(angle),
          );
          expectClose(slerp(a, b, time), expected, 1e-5);
        },
      ),
    );
  });

  it('keeps the distance from the centre between equally distant ends', () => {
    const centre = Float32Array.of(1, 1);
    const middle = slerp(Float32Array.of(3, 1), Float32Array.of(1, 3), 0.5, centre);
    expectClose(middle, [1 + Math.SQRT2, 1 + Math.SQRT2], 1e-6);
  });

  it.each([
    ['opposite', Float32Array.of(1, 0), Float32Array.of(-1, 0)],
    ['equal', Float32Array.of(1, 2), Float32Array.of(1, 2)],
    ['at the centre', Float32Array.of(0, 0), Float32Array.of(1, 2)],
  ])('goes straight between ends that are %s', (_, a, b) => {
    expect(slerp(a, b, 0.25)).toEqual(lerp(a, b, 0.25));
  });
});

describe('latentPath', () => {
  const [a, b, c] = [Float32Array.of(0), Float32Array.of(1), Float32Array.of(5)];

  it('has the keys at even times', () => {
    const path = latentPath([a, b, c], { frames: 5 });
    expect(path.map((point) => point[0])).toEqual([0, 0.5, 1, 3, 5]);
  });

  it('eases within each segment and still reaches the ends', () => {
    const path = latentPath([a, b], { frames: 5, easing: 'smooth' });
    expect(path.map((point) => point[0])).toEqual([0, 0.15625, 0.5, 0.84375, 1]);
    const squared = latentPath([a, b], { frames: 3, easing: (time) => time ** 2 });
    expect(squared.map((point) => point[0])).toEqual([0, 0.25, 1]);
  });

  it.each([
    [[a], { frames: 3 }, /at least two latents/],
    [[a, b], { frames: 1 }, /from 2 to 1000000 for frames but received 1/],
    [[a, b], { frames: 2.5 }, /for frames but received 2.5/],
    [[a, b], { frames: 2 ** 40 }, /for frames but received 1099511627776/],
    [[a, b], { frames: 3, path: 'round' as 'linear' }, /spherical for path but received "round"/],
    [[a, Float32Array.of(1, 2)], { frames: 3 }, /equal length 1 for latent but received 2/],
    [[a, b], { frames: 3, easing: () => Number.NaN }, /finite number for easing\(0\)/],
  ])('refuses bad arguments', (keys, options, message) => {
    expect(() => latentPath(keys, options)).toThrow(message);
  });
});
