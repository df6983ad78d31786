import { FACE_CENTRE, FACE_SIDE, type FaceFrame } from './face-frame.js';
import { lengthOf, productOf, type Size, smoothstep } from './plane.js';

/** Difference of two distances, in sizes of a face, over which a place passes from one head to another. */
const BETWEEN = 0.15;

/** A plane that fades out towards other heads, by {@link ownHead}; the plane itself where there are none. */
export function onOwnHead(
  plane: Float32Array,
  size: Size,
  others: readonly FaceFrame[],
  margin = 0,
): Float32Array {
  return others.length === 0 ? plane : productOf(plane, ownHead(size, others, margin));
}

/**
 * Whose head each place of a picture is nearer to, by its size: 1 for the aligned face, 0 for another
 * one. An edit of hair does not go over to the neighbour in a group photo.
 *
 * @param others - Other faces of the photo, in px of the template.
 * @param margin - Px of the picture around the template.
 */
export function ownHead(
  { width, height }: Size,
  others: readonly FaceFrame[],
  margin = 0,
): Float32Array {
  const share = new Float32Array(width * height).fill(1);
  for (const { centre, size } of others) {
    for (let i = 0; i < share.length; i++) {
      const [x, y] = [(i % width) + 0.5 - margin, Math.floor(i / width) + 0.5 - margin];
      const own = lengthOf(x - FACE_CENTRE[0], y - FACE_CENTRE[1]) / FACE_SIDE;
      const other = lengthOf(x - centre[0], y - centre[1]) / size;
      share[i]! *= 1 - smoothstep(own - other, -BETWEEN, BETWEEN);
    }
  }
  return share;
}
