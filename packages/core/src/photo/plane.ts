/** The size of a plane: `width * height` numbers, row-major. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The mean over (2 radius + 1)² neighbours; fewer at the border. Time does not grow with radius. */
export function boxMean(plane: Float32Array, size: Size, radius: number): Float32Array {
  return meanOfColumns(meanOfRows(plane, size, radius), size, radius);
}

/** Nearly a Gaussian: the box mean three times. Standard deviation about `radius * 1.1`. */
export function smooth(plane: Float32Array, size: Size, radius: number): Float32Array {
  let result = plane;
  for (let pass = 0; pass < 3; pass++) result = boxMean(result, size, radius);
  return result;
}

function meanOfRows(plane: Float32Array, { width, height }: Size, radius: number): Float32Array {
  const out = new Float32Array(plane.length);
  for (let y = 0; y < height; y++) slide(plane, out, y * width, 1, width, radius);
  return out;
}

function meanOfColumns(plane: Float32Array, { width, height }: Size, radius: number): Float32Array {
  const out = new Float32Array(plane.length);
  for (let x = 0; x < width; x++) slide(plane, out, x, width, height, radius);
  return out;
}

/** A running mean over `count` numbers from `start` at every `step`. */
function slide(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  count: number,
  radius: number,
): void {
  let sum = 0;
  let inside = 0;
  for (let i = 0; i < Math.min(radius, count); i++, inside++) sum += from[start + i * step]!;
  for (let i = 0; i < count; i++) {
    const entering = i + radius;
    if (entering < count) {
      sum += from[start + entering * step]!;
      inside++;
    }
    const leaving = i - radius - 1;
    if (leaving >= 0) {
      sum -= from[start + leaving * step]!;
      inside--;
    }
    to[start + i * step] = sum / inside;
  }
}

/** Square roots. The running sums of a mean may end a hair below 0 where all was 0: that counts as 0. */
export function rootOf(plane: Float32Array): Float32Array {
  return plane.map((value) => Math.sqrt(Math.max(value, 0)));
}

/** A plane as a local affine function of another: `slope * guide + offset`. */
export interface AffineFit {
  readonly slope: Float32Array;
  readonly offset: Float32Array;
}

/**
 * Guided filter (He, Sun & Tang 2013): around each place the best affine function of the guide.
 * @param epsilon - Variance of the guide below which it counts as flat (slope goes to 0).
 */
export function fitGuided(
  plane: Float32Array,
  guide: Float32Array,
  size: Size,
  radius: number,
  epsilon: number,
): AffineFit {
  const count = plane.length;
  const products = new Float32Array(count);
  const squares = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    products[i] = plane[i]! * guide[i]!;
    squares[i] = guide[i]! * guide[i]!;
  }
  const meanPlane = boxMean(plane, size, radius);
  const meanGuide = boxMean(guide, size, radius);
  const meanProduct = boxMean(products, size, radius);
  const meanSquare = boxMean(squares, size, radius);
  const slope = new Float32Array(count);
  const offset = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const variance = Math.max(meanSquare[i]! - meanGuide[i]! * meanGuide[i]!, 0);
    slope[i] = (meanProduct[i]! - meanGuide[i]! * meanPlane[i]!) / (variance + epsilon);
    offset[i] = meanPlane[i]! - slope[i]! * meanGuide[i]!;
  }
  return { slope: boxMean(slope, size, radius), offset: boxMean(offset, size, radius) };
}

/** The plane smoothed along the edges of the guide. */
export function guidedFilter(
  plane: Float32Array,
  guide: Float32Array,
  size: Size,
  radius: number,
  epsilon: number,
): Float32Array {
  const { slope, offset } = fitGuided(plane, guide, size, radius, epsilon);
  return guide.map((value, i) => slope[i]! * value + offset[i]!);
}

/** Bilinear value at (x, y) in px, where sample (i, j) lies at (i, j); the border continues. */
export function sampleAt(plane: Float32Array, size: Size, x: number, y: number): number {
  const { width, height } = size;
  const cx = Math.min(Math.max(x, 0), width - 1);
  const cy = Math.min(Math.max(y, 0), height - 1);
  const left = Math.min(cx | 0, width - 2);
  const top = Math.min(cy | 0, height - 2);
  const [fx, fy] = [cx - left, cy - top];
  const at = top * width + left;
  const upper = plane[at]! + (plane[at + 1]! - plane[at]!) * fx;
  const lower = plane[at + width]! + (plane[at + width + 1]! - plane[at + width]!) * fx;
  return upper + (lower - upper) * fy;
}

/** The plane at half the size, area-averaged. Width and height must be even. */
export function halve(plane: Float32Array, { width, height }: Size): Float32Array {
  const out = new Float32Array((width / 2) * (height / 2));
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const at = y * width + x;
      const sum = plane[at]! + plane[at + 1]! + plane[at + width]! + plane[at + width + 1]!;
      out[(y / 2) * (width / 2) + x / 2] = sum / 4;
    }
  }
  return out;
}

/** 0 up to `from`, 1 beyond `to`, smooth between. */
export function smoothstep(value: number, from: number, to: number): number {
  const t = Math.min(Math.max((value - from) / (to - from), 0), 1);
  return t * t * (3 - 2 * t);
}
