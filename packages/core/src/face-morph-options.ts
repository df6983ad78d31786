import type { LiveEditorOptions } from './editor/live-editor.js';
import { assertWhole, invalidArgument } from './errors.js';
import type { LiveViewOptions } from './face.js';
import type { Easing, PathKind } from './latent/interpolate.js';
import type { TaskOptions } from './progress.js';

/** Options of {@link FaceMorph.sample}. */
export interface SampleOptions extends TaskOptions {
  /** 1 to 4096. @defaultValue 1 */
  readonly count?: number | undefined;
  /** The same seed gives the same faces everywhere. 0 to 2^53 - 1. @defaultValue 0 */
  readonly seed?: number | undefined;
  /** 0 is the average face, 1 the full variety of faces, up to 2. @defaultValue 0.8 */
  readonly truncation?: number | undefined;
}

/** Options of {@link FaceMorph.morph}. */
export interface MorphOptions extends TaskOptions {
  /** Pictures, both ends included, 2 to 4096. @defaultValue 24 */
  readonly frames?: number | undefined;
  /** @defaultValue `'linear'` */
  readonly path?: PathKind | undefined;
  /** @defaultValue `'linear'` */
  readonly easing?: Easing | undefined;
}

/** Options of {@link FaceMorph.editor}. */
export interface EditorOptions extends LiveEditorOptions, LiveViewOptions {}

const MAX_COUNT = 4096;

/** What a sample is drawn by; the sampler checks the seed. @throws {FaceMorphError} `ARGUMENT_INVALID` */
export function samplingOf(options: SampleOptions): {
  count: number;
  seed: number;
  truncation: number;
} {
  const { count = 1, seed = 0, truncation = 0.8 } = options;
  assertWhole(count, 1, MAX_COUNT, 'count');
  if (typeof truncation !== 'number' || !(truncation >= 0 && truncation <= 2)) {
    throw invalidArgument('a number from 0 to 2', 'truncation', truncation);
  }
  return { count, seed, truncation };
}

/** How many pictures a morph has. @throws {FaceMorphError} `ARGUMENT_INVALID` */
export function framesOf({ frames = 24 }: MorphOptions): number {
  assertWhole(frames, 2, MAX_COUNT, 'frames');
  return frames;
}
