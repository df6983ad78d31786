import { invalidArgument } from '../errors.js';

/**
 * A point of the model's latent space: one face as `manifest.latent.size` numbers
 * (dimensionless; faces scatter roughly as N(0, I)).
 */
export type Latent = Float32Array;

/**
 * Checks type, length and that every number is finite.
 * @throws {FaceMorphError} `ARGUMENT_INVALID`
 */
export function assertLatent(
  value: unknown,
  size: number,
  name = 'latent',
): asserts value is Latent {
  if (!(value instanceof Float32Array)) {
    throw invalidArgument(`a Float32Array of ${size} numbers`, name, value);
  }
  if (value.length !== size) {
    throw invalidArgument(
      `${size} numbers`,
      name,
      value.length,
      'A latent only fits the model that encoded it.',
    );
  }
  const bad = value.findIndex((number) => !Number.isFinite(number));
  if (bad >= 0) throw invalidArgument('finite numbers', `${name}[${bad}]`, value[bad]);
}

/** `a + b * factor`, as a new latent. Both must have the same length. */
export function addScaled(a: Latent, b: ArrayLike<number>, factor = 1): Latent {
  assertSameLength(a, b);
  const sum = new Float32Array(a.length);
  for (let i = 0; i < a.length; i++) sum[i] = a[i]! + b[i]! * factor;
  return sum;
}

/** `a - b`, as a new latent. Both must have the same length. */
export function subtract(a: Latent, b: ArrayLike<number>): Latent {
  return addScaled(a, b, -1);
}

/** The inner product, summed in double precision and in order. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assertSameLength(a, b);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Euclidean length. */
export function norm(a: ArrayLike<number>): number {
  return Math.sqrt(dot(a, a));
}

/** The mean of one or more latents of the same length. */
export function meanLatent(latents: readonly Latent[]): Latent {
  const first = latents[0];
  if (!first) throw invalidArgument('at least one latent', 'latents', latents);
  const sum = new Float64Array(first.length);
  for (const latent of latents) {
    assertSameLength(first, latent);
    for (let i = 0; i < sum.length; i++) sum[i]! += latent[i]!;
  }
  return Float32Array.from(sum, (value) => value / latents.length);
}

/** @throws {FaceMorphError} `ARGUMENT_INVALID` */
export function assertSameLength(a: ArrayLike<number>, b: ArrayLike<number>): void {
  if (a.length === b.length) return;
  throw invalidArgument(`vectors of equal length ${a.length}`, 'latent', b.length);
}
