import type { Face } from '../face.js';
import type { Pixels } from '../image/pixels.js';
import type { LocatedFace } from './locator.js';
import type { PhotoWarning } from './quality.js';

/** An opened photo and the faces in it. */
export class Photo {
  /** The photo, upright, in sRGB. */
  readonly pixels: Pixels;
  /** The faces that were asked for, the largest first; at least one. */
  readonly faces: readonly Face[];
  /** All faces that were found, opened or not; empty when the caller said where the face is. */
  readonly located: readonly LocatedFace[];
  /** What will make edits look worse than they could; empty for a good photo. */
  readonly warnings: readonly PhotoWarning[];

  /** @internal */
  constructor(
    pixels: Pixels,
    faces: readonly Face[],
    located: readonly LocatedFace[],
    warnings: readonly PhotoWarning[],
  ) {
    this.pixels = pixels;
    this.faces = faces;
    this.located = located;
    this.warnings = warnings;
  }

  /** The first face. */
  get face(): Face {
    return this.faces[0]!;
  }
}
