/** The size of a plane: `width * height` numbers, row-major. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * A plane of `count` numbers, each computed from its index. Many times as fast as
 * `Float32Array.from` or `map`, which is felt when an edit is shown live; {@link differenceOf} and its
 * like are faster still, since a call for each number also makes an object for it.
 */
export function planeOf(count: number, valueAt: (index: number) => number): Float32Array {
  const plane = new Float32Array(count);
  for (let i = 0; i < count; i++) plane[i] = valueAt(i);
  return plane;
}

/** `a * b`, place by place. */
export function productOf(a: Float32Array, b: Float32Array): Float32Array {
  const plane = new Float32Array(a.length);
  for (let i = 0; i < plane.length; i++) plane[i] = a[i]! * b[i]!;
  return plane;
}

/** `a - b`, place by place. */
export function differenceOf(a: Float32Array, b: Float32Array): Float32Array {
  const plane = new Float32Array(a.length);
  for (let i = 0; i < plane.length; i++) plane[i] = a[i]! - b[i]!;
  return plane;
}

/** `(a - b)²`, place by place. */
export function squaredDifferenceOf(a: Float32Array, b: Float32Array): Float32Array {
  const plane = new Float32Array(a.length);
  for (let i = 0; i < plane.length; i++) {
    const difference = a[i]! - b[i]!;
    plane[i] = difference * difference;
  }
  return plane;
}

/** {@link smoothstep} of each place. */
export function smoothstepsOf(plane: Float32Array, from: number, to: number): Float32Array {
  const steps = new Float32Array(plane.length);
  for (let i = 0; i < steps.length; i++) steps[i] = smoothstep(plane[i]!, from, to);
  return steps;
}

/**
 * The mean over (2 radius + 1)² neighbours; fewer at the border. Time does not grow with radius.
 * @param passes - How often; two make a pyramid of the box.
 */
export function boxMean(plane: Float32Array, size: Size, radius: number, passes = 1): Float32Array {
  const out = new Float32Array(plane.length);
  const rows = new Float32Array(plane.length);
  for (let pass = 0; pass < passes; pass++) {
    meanOfRows(pass === 0 ? plane : out, rows, size, radius);
    meanOfColumns(rows, out, size, radius);
  }
  return out;
}

/** Nearly a Gaussian: the box mean three times. Standard deviation about `radius * 1.1`. */
export function smooth(plane: Float32Array, size: Size, radius: number): Float32Array {
  return boxMean(plane, size, radius, 3);
}

/** A running mean along each row. */
function meanOfRows(
  plane: Float32Array,
  out: Float32Array,
  { width, height }: Size,
  radius: number,
): void {
  const shares = sharesOf(width, radius);
  const reach = Math.min(radius, width);
  // From `full` on a number leaves with each step, from `late` on none comes in any more.
  const late = Math.max(width - radius, 0);
  const full = radius + 1;
  const inner = Math.min(late, full);
  for (let start = 0; start < width * height; start += width) {
    let sum = 0;
    for (let x = 0; x < reach; x++) sum += plane[start + x]!;
    let x = 0;
    for (; x < inner; x++) {
      sum += plane[start + x + radius]!;
      out[start + x] = sum * shares[x]!;
    }
    for (; x < late; x++) {
      sum += plane[start + x + radius]!;
      sum -= plane[start + x - full]!;
      out[start + x] = sum * shares[x]!;
    }
    for (; x < width; x++) {
      if (x >= full) sum -= plane[start + x - full]!;
      out[start + x] = sum * shares[x]!;
    }
  }
}

/** A running mean along all columns at once, row by row as the numbers lie in memory. */
function meanOfColumns(
  plane: Float32Array,
  out: Float32Array,
  { width, height }: Size,
  radius: number,
): void {
  const shares = sharesOf(height, radius);
  const sums = new Float64Array(width);
  for (let y = 0; y < Math.min(radius, height); y++) addRow(plane, y * width, sums);
  for (let y = 0; y < height; y++) {
    const here = y * width;
    const share = shares[y]!;
    const coming = y + radius < height ? here + radius * width : -1;
    const going = y > radius ? here - (radius + 1) * width : -1;
    if (coming >= 0 && going >= 0) {
      for (let x = 0; x < width; x++) {
        const sum = sums[x]! + plane[coming + x]! - plane[going + x]!;
        sums[x] = sum;
        out[here + x] = sum * share;
      }
      continue;
    }
    if (coming >= 0) addRow(plane, coming, sums);
    for (let x = 0; x < width; x++) {
      if (going >= 0) sums[x]! -= plane[going + x]!;
      out[here + x] = sums[x]! * share;
    }
  }
}

function addRow(plane: Float32Array, at: number, sums: Float64Array): void {
  for (let x = 0; x < sums.length; x++) sums[x]! += plane[at + x]!;
}

/** One over the number of neighbours inside, for each place of a line. */
function sharesOf(count: number, radius: number): Float64Array {
  const shares = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    shares[i] = 1 / (Math.min(i + radius, count - 1) - Math.max(i - radius, 0) + 1);
  }
  return shares;
}

/** Square roots. The running sums of a mean may end a hair below 0 where all was 0: that counts as 0. */
export function rootOf(plane: Float32Array): Float32Array {
  const roots = new Float32Array(plane.length);
  for (let i = 0; i < roots.length; i++) roots[i] = Math.sqrt(Math.max(plane[i]!, 0));
  return roots;
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
  const smoothed = new Float32Array(guide.length);
  for (let i = 0; i < smoothed.length; i++) smoothed[i] = slope[i]! * guide[i]! + offset[i]!;
  return smoothed;
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

/** Length of (x, y). Many times as fast as `Math.hypot`, which guards against numbers beyond 1e154. */
export function lengthOf(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

/** 0 up to `from`, 1 beyond `to`, smooth between. */
export function smoothstep(value: number, from: number, to: number): number {
  const t = Math.min(Math.max((value - from) / (to - from), 0), 1);
  return t * t * (3 - 2 * t);
}

/**
 * Between whole pixels a picture is blurred. So most places are drawn to a whole pixel, and only
 * those in the middle are mixed: a shift of less than a third of a pixel, which nobody sees.
 */
const SNAP = { from: 0.3, to: 0.7 };

/** A place in px, drawn towards the nearest whole one. */
export function snap(place: number): number {
  const whole = Math.floor(place);
  return whole + smoothstep(place - whole, SNAP.from, SNAP.to);
}
