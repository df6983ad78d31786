import { FaceMorphError } from '../errors.js';
import { flatten } from '../image/flatten.js';
import type { Pixels } from '../image/pixels.js';
import { centredSquare, crop, resizeSteps } from '../image/resize.js';
import { runAtOnce } from '../slices.js';
import type { Alignment, Template } from './align.js';

/** The smallest side of a picture that can still be a face, in px. */
export const MIN_SIDE = 16;

/**
 * Takes a picture that already is an aligned face (`aligned: true`): its middle square, resized to
 * the template by area averaging.
 * @throws {FaceMorphError} `IMAGE_TOO_SMALL` below {@link MIN_SIDE} px.
 */
export function alignSquare(
  photo: Pixels,
  template: Pick<Template, 'width' | 'height'>,
): Alignment {
  const { width, height } = template;
  const square = centredSquare(photo);
  if (square.width < MIN_SIDE) {
    throw new FaceMorphError(
      'IMAGE_TOO_SMALL',
      `The picture is ${photo.width}x${photo.height}, too small for a face`,
      {
        hint: `Use a picture of at least ${MIN_SIDE}x${MIN_SIDE}, better ${width}x${height} or more.`,
        details: { width: photo.width, height: photo.height, minimum: MIN_SIDE },
      },
    );
  }
  const scale = width / square.width;
  return {
    pixels: flatten(runAtOnce(resizeSteps(crop(photo, square), { width, height }))),
    transform: { a: scale, b: 0, x0: -square.left * scale, y0: -square.top * scale },
    coverage: 1,
  };
}
