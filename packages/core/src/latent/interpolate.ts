import { assertOneOf, assertWhole, invalidArgument } from '../errors.js';
import { assertSameLength, dot, type Latent, norm } from './latent.js';

/** How a path runs between two faces: straight, or on an arc around the mean face. */
export type PathKind = 'linear' | 'spherical';

/** Time along a path: a named curve, or a function from 0..1 to 0..1. */
export type Easing = 'linear' | 'smooth' | ((time: number) => number);

/** Options of {@link latentPath}. */
export interface PathOptions {
  /** Number of points, both ends included, 2 to 1 000 000. */
  readonly frames: number;
  /** @defaultValue `'linear'` */
  readonly path?: PathKind | undefined;
  /** Applied between each two keys. @defaultValue `'linear'` */
  readonly easing?: Easing | undefined;
  /** The centre of a spherical path, usually the mean face. @defaultValue the origin */
  readonly centre?: Latent | undefined;
}

const MAX_FRAMES = 1e6;

/** The straight line from `a` (time 0) to `b` (time 1); exactly `a` and `b` at the ends. */
export function lerp(a: Latent, b: Latent, time: number): Latent {
  assertSameLength(a, b);
  const point = new Float32Array(a.length);
  for (let i = 0; i < a.length; i++) point[i] = a[i]! * (1 - time) + b[i]! * time;
  return point;
}

/**
 * The arc from `a` to `b` around `centre`: the angle grows evenly and so does the distance from
 * the centre, which keeps every point as typical of faces as its ends are.
 * Opposite or coinciding directions have no arc: the straight line is taken.
 */
export function slerp(a: Latent, b: Latent, time: number, centre?: Latent): Latent {
  const fromCentre = (point: Latent): Float64Array =>
    Float64Array.from(point, (value, i) => value - (centre?.[i] ?? 0));
  const [u, v] = [fromCentre(a), fromCentre(b)];
  const [lengthU, lengthV] = [norm(u), norm(v)];
  const cosine = dot(u, v) / (lengthU * lengthV);
  // Written so that a cosine of NaN (a point at the centre) goes the straight way too.
  if (!(Math.abs(cosine) < 1 - 1e-9)) return lerp(a, b, time);
  const [shareU, shareV] = arcShares(cosine, time);
  const length = lengthU * (1 - time) + lengthV * time;
  return Float32Array.from(
    u,
    (value, i) =>
      length * ((shareU * value) / lengthU + (shareV * v[i]!) / lengthV) + (centre?.[i] ?? 0),
  );
}

/**
 * sin((1 - t) θ) / sin θ and sin(t θ) / sin θ for a given cos θ, by halving the arc: the middle of
 * two unit vectors is their sum over 2 cos(θ/2). Square roots only, so every engine agrees.
 */
function arcShares(cosine: number, time: number): [number, number] {
  let [lowU, lowV, highU, highV] = [1, 0, 0, 1];
  let [low, high, cos] = [0, 1, cosine];
  if (time <= 0) return [lowU, lowV];
  if (time >= 1) return [highU, highV];
  for (let bit = 0; bit < 53; bit++) {
    const half = Math.sqrt((1 + cos) / 2);
    const middle = (low + high) / 2;
    const [middleU, middleV] = [(lowU + highU) / (2 * half), (lowV + highV) / (2 * half)];
    if (time === middle) return [middleU, middleV];
    if (time < middle) [high, highU, highV] = [middle, middleU, middleV];
    else [low, lowU, lowV] = [middle, middleU, middleV];
    cos = half;
  }
  return [lowU, lowV];
}

/**
 * Evenly timed points on a path through two or more latents.
 * @throws {FaceMorphError} `ARGUMENT_INVALID`
 */
export function latentPath(keys: readonly Latent[], options: PathOptions): Latent[] {
  const { frames, path = 'linear', centre } = options;
  if (keys.length < 2) throw invalidArgument('at least two latents', 'keys', keys);
  assertWhole(frames, 2, MAX_FRAMES, 'frames');
  assertOneOf(['linear', 'spherical'], 'path', path);
  const ease = easingFunction(options.easing ?? 'linear');
  const segments = keys.length - 1;
  return Array.from({ length: frames }, (_, frame) => {
    const position = (frame * segments) / (frames - 1);
    const segment = Math.min(Math.floor(position), segments - 1);
    const time = ease(position - segment);
    const [a, b] = [keys[segment]!, keys[segment + 1]!];
    return path === 'linear' ? lerp(a, b, time) : slerp(a, b, time, centre);
  });
}

function easingFunction(easing: Easing): (time: number) => number {
  if (typeof easing === 'function') {
    return (time) => {
      const eased = easing(time);
      if (Number.isFinite(eased)) return eased;
      throw invalidArgument('a finite number', `easing(${time})`, eased);
    };
  }
  if (easing === 'linear') return (time) => time;
  if (easing === 'smooth') return (time) => time * time * (3 - 2 * time);
  throw invalidArgument("'linear', 'smooth' or a function", 'easing', easing);
}
