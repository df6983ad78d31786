import { FaceMorphError } from '../errors.js';
import type { Face } from '../face.js';
import type { Pixels } from '../image/pixels.js';
import type { PhotoWarning } from './quality.js';

/** An opened photo and the faces in it. */
export class Photo {
  /** The photo, upright, in sRGB. */
  readonly pixels: Pixels;
  readonly faces: readonly Face[];
  /** What will make edits look worse than they could; empty for a good photo. */
  readonly warnings: readonly PhotoWarning[];

  /** @internal */
  constructor(pixels: Pixels, faces: readonly Face[], warnings: readonly PhotoWarning[]) {
    this.pixels = pixels;
    this.faces = faces;
    this.warnings = warnings;
  }

  /** The first face. @throws {FaceMorphError} `NO_FACE` when there is none */
  get face(): Face {
    const [face] = this.faces;
    if (face) return face;
    throw new FaceMorphError('NO_FACE', 'There is no face in this photo', {
      hint: 'Try a photo in which a face is larger and seen from the front.',
    });
  }
}
