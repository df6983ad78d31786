import { type Easing, type Latent, lerp, type PathKind, slerp } from '@facemorph/core';

/** How a morph runs. */
export interface MorphPath {
  /** @defaultValue `'linear'` */
  readonly path?: PathKind | undefined;
  /** Applied between each two faces. @defaultValue `'smooth'` */
  readonly easing?: Easing | undefined;
}

/** The point at a time (0..1) of a path through two or more latents. */
export function pointOnPath(
  keys: readonly Latent[],
  time: number,
  { path = 'linear', easing = 'smooth' }: MorphPath,
  centre: Latent,
): Latent {
  const segments = keys.length - 1;
  const position = Math.min(Math.max(time, 0), 1) * segments;
  const segment = Math.min(Math.floor(position), segments - 1);
  const [from, to] = [keys[segment] as Latent, keys[segment + 1] as Latent];
  const eased = ease(position - segment, easing);
  return path === 'linear' ? lerp(from, to, eased) : slerp(from, to, eased, centre);
}

function ease(time: number, easing: Easing): number {
  if (typeof easing === 'function') return easing(time);
  return easing === 'smooth' ? time * time * (3 - 2 * time) : time;
}
