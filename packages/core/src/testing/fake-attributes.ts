import type { Attribute, AttributeGroup, AttributeSet } from '../attributes/types.js';
import { dot } from '../latent/latent.js';
import { cholesky, choleskySolve, multiply } from '../latent/matrix.js';
import { createRandom, type Random } from '../latent/random.js';
import { FAKE_LATENT_SIZE } from './fake-backend.js';

interface Sketch {
  readonly name: string;
  readonly label: string;
  readonly group: AttributeGroup;
  readonly related?: readonly string[];
  /** Mixes another attribute's probe in: the two scores correlate about this much. */
  readonly like?: readonly [name: string, correlation: number];
}

const SKETCHES: readonly Sketch[] = [
  {
    name: 'smiling',
    label: 'Smile',
    group: 'expression',
    related: ['high_cheekbones', 'mouth_open'],
  },
  {
    name: 'high_cheekbones',
    label: 'High cheekbones',
    group: 'expression',
    like: ['smiling', 0.8],
  },
  { name: 'mouth_open', label: 'Open mouth', group: 'expression', like: ['smiling', 0.5] },
  { name: 'blond_hair', label: 'Blond hair', group: 'hair colour', related: ['brown_hair'] },
  { name: 'brown_hair', label: 'Brown hair', group: 'hair colour', like: ['blond_hair', -0.4] },
  { name: 'male', label: 'Male', group: 'age and sex' },
  { name: 'young', label: 'Young', group: 'age and sex', like: ['male', -0.3] },
  {
    name: 'beard',
    label: 'Beard',
    group: 'facial hair',
    related: ['mustache'],
    like: ['male', 0.6],
  },
  { name: 'mustache', label: 'Moustache', group: 'facial hair', like: ['beard', 0.7] },
  { name: 'eyeglasses', label: 'Glasses', group: 'accessories' },
  { name: 'yaw', label: 'Head turn', group: 'pose and gaze' },
  { name: 'gaze', label: 'Gaze', group: 'pose and gaze', like: ['yaw', 0.4] },
];

/** Options of {@link createFakeAttributes}. */
export interface FakeAttributesOptions {
  /** @defaultValue the hash of the toy encoder's file */
  readonly sha256?: string;
  /** Other seeds give other numbers, same names. @defaultValue 1 */
  readonly seed?: number;
}

/**
 * Twelve attributes for the toy model, with correlated probes, related names and a covariance that
 * is not diagonal; made as the training code makes them: each direction raises its score by 1,
 * holds the scores of unrelated attributes and is the least unlikely one that does.
 */
export function createFakeAttributes(options: FakeAttributesOptions = {}): AttributeSet {
  const { sha256 = FAKE_ENCODER_SHA256, seed = 1 } = options;
  const random = createRandom(seed);
  const size = FAKE_LATENT_SIZE;
  const mean = Float32Array.from({ length: size }, () => 0.1 * random.normal());
  const covariance = createCovariance(random, size);
  const probes = createProbes(random, covariance);
  const spread = probes.map((probe) => multiply(covariance, probe));
  const attributes = SKETCHES.map(
    ({ name, label, group, related = [] }, index): Attribute => ({
      name,
      label,
      group,
      probe: { weights: probes[index]!, bias: 0.2 * random.normal() },
      direction: leastUnlikely(index, probes, spread),
      range: [-3, 3],
      method: 'joint',
      related,
      evidence: { auroc: 0.9 },
    }),
  );
  return { model: { id: 'fake', sha256 }, latent: { size, mean, covariance }, attributes };
}

/** SHA-256 of the toy encoder's file, the UTF-8 text `fake encoder`. */
export const FAKE_ENCODER_SHA256 =
  'd16c2669dbda0d0e9c519aa7092bc696575a5b6cb554fc9e5ce483c06864d7fc';

/** A diagonal plus eight common factors. */
function createCovariance(random: Random, size: number): Float32Array {
  const factors = Array.from({ length: 8 }, () =>
    Float64Array.from({ length: size }, () => 0.2 * random.normal()),
  );
  const covariance = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = row === column ? 0.7 : 0;
      for (const factor of factors) sum += factor[row]! * factor[column]!;
      covariance[row * size + column] = sum;
      covariance[column * size + row] = sum;
    }
  }
  return covariance;
}

/** Probes on a few latent numbers each, scaled so that the score varies by 1 over faces. */
function createProbes(random: Random, covariance: Float32Array): Float32Array[] {
  const probes: Float32Array[] = [];
  for (const [index, { like }] of SKETCHES.entries()) {
    const own = new Float64Array(FAKE_LATENT_SIZE);
    for (let i = 0; i < 12; i++) own[index * 16 + i] = 1 + random.uniform();
    const scale = 1 / Math.sqrt(dot(own, multiply(covariance, own)));
    const source = like && probes[SKETCHES.findIndex(({ name }) => name === like[0])];
    const share = like?.[1] ?? 0;
    const rest = Math.sqrt(1 - share * share) * scale;
    const mixed = own.map((value, i) => value * rest + (source?.[i] ?? 0) * share);
    const norm = Math.sqrt(dot(mixed, multiply(covariance, mixed)));
    probes.push(Float32Array.from(mixed, (value) => value / norm));
  }
  return probes;
}

function leastUnlikely(
  index: number,
  probes: readonly Float32Array[],
  spread: readonly Float64Array[],
): Float32Array {
  const { name, related = [] } = SKETCHES[index]!;
  const held = SKETCHES.flatMap((other, i) =>
    related.includes(other.name) || other.related?.includes(name) ? [] : [i],
  );
  const gram = new Float64Array(held.length ** 2);
  for (const [row, a] of held.entries()) {
    for (const [column, b] of held.entries()) {
      gram[row * held.length + column] = dot(probes[a]!, spread[b]!);
    }
  }
  const target = Float64Array.from(held, (i) => (i === index ? 1 : 0));
  const weights = choleskySolve(cholesky(gram, held.length)!, target);
  const direction = new Float64Array(FAKE_LATENT_SIZE);
  for (const [k, i] of held.entries()) {
    for (let j = 0; j < direction.length; j++) direction[j]! += spread[i]![j]! * weights[k]!;
  }
  return Float32Array.from(direction);
}
