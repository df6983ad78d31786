import { lengthOf, planeOf, type Size, smoothstep } from './plane.js';

/**
 * Where an edit may show, 0..1, in the template's frame: 1 over face and hair, falling to 0 before
 * the frame's border, so that no edge of the frame is ever seen. Exactly 0 in the outermost
 * {@link MASK_BORDER} px.
 */
export function frameMask({ width, height }: Size): Float32Array {
  const mask = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const toSide = Math.min(x, width - 1 - x) - MASK_BORDER;
      const toTop = y - MASK_BORDER;
      const toBottom = height - 1 - y - MASK_BORDER;
      const inside =
        smoothstep(toSide, 0, FEATHER * width) *
        smoothstep(toTop, 0, FEATHER * height) *
        smoothstep(toBottom, 0, 1.5 * FEATHER * height);
      mask[y * width + x] = inside * roundness((x + 0.5) / width, (y + 0.5) / height);
    }
  }
  return mask;
}

/** Template px at each side in which the mask is 0. */
export const MASK_BORDER = 3;
/** Share of the frame over which the mask rises from its border. */
const FEATHER = 0.05;

/** Falls off in the corners, where there is background or clothing and hardly ever hair. */
function roundness(x: number, y: number): number {
  const distance = lengthOf((x - 0.5) / 0.5, (y - 0.52) / 0.52);
  return 1 - smoothstep(distance, 1.1, 1.5);
}

/** 1 on the face from brow to chin, falling to 0 where hair and background begin. */
export function faceMask({ width, height }: Size): Float32Array {
  return planeOf(width * height, (i) => {
    const [x, y] = [(i % width) / width, Math.floor(i / width) / height];
    const distance = lengthOf((x - 0.5) / 0.27, (y - 0.57) / 0.36);
    return 1 - smoothstep(distance, 0.85, 1.25);
  });
}
