import { invalidArgument } from '../errors.js';
import type { Point } from './similarity.js';

/**
 * Five points of a face, in px of the oriented photo, in this order: left eye centre, right eye
 * centre, nose tip, left mouth corner, right mouth corner. Left is the picture's left.
 */
export type Landmarks = readonly [Point, Point, Point, Point, Point];

/**
 * Checks count, numbers, place and order.
 * @param photo - The points must lie in it, or not further outside than half its size.
 * @throws {FaceMorphError} `ARGUMENT_INVALID`
 */
export function assertLandmarks(
  value: unknown,
  photo: { readonly width: number; readonly height: number },
): asserts value is Landmarks {
  if (!Array.isArray(value) || value.length !== 5) {
    throw invalidArgument('five [x, y] points', 'landmarks', value, ORDER);
  }
  for (const [index, point] of value.entries()) {
    const ok = Array.isArray(point) && point.length === 2 && point.every(Number.isFinite);
    if (!ok) throw invalidArgument('[x, y] in finite px', `landmarks[${index}]`, point, ORDER);
    if (isNear(point[0], photo.width) && isNear(point[1], photo.height)) continue;
    const expected = `a point of the ${photo.width}x${photo.height} photo`;
    throw invalidArgument(expected, `landmarks[${index}]`, point.join(', '));
  }
  const landmarks = value as unknown as Landmarks;
  if (isMirrored(landmarks)) {
    throw invalidArgument('the eye at the left of the picture first', 'landmarks', value, ORDER);
  }
}

const ORDER = 'The order is left eye, right eye, nose tip, left and right mouth corner, as seen.';

function isNear(value: number, size: number): boolean {
  return value >= -size / 2 && value <= size * 1.5;
}

/** Whether eyes to mouth turns the other way than in a face: left and right were swapped. */
function isMirrored([leftEye, rightEye, , leftMouth, rightMouth]: Landmarks): boolean {
  const [eyesX, eyesY] = [rightEye[0] - leftEye[0], rightEye[1] - leftEye[1]];
  const downX = (leftMouth[0] + rightMouth[0] - leftEye[0] - rightEye[0]) / 2;
  const downY = (leftMouth[1] + rightMouth[1] - leftEye[1] - rightEye[1]) / 2;
  return eyesX * downY - eyesY * downX < 0;
}
