// How an edit sits in a photo, measured on the pixels alone.

/** @typedef {import('@facemorph/core').Pixels} Pixels */
/** @typedef {{ left: number, top: number, right: number, bottom: number }} Box */

/** A channel must differ by so much, of 255, for the pixel to count as edited. */
const EDITED = 3;
/** Least number of edited pixels for a measure. */
const ENOUGH = 200;

/**
 * @param {Pixels} photo
 * @param {Pixels} result
 * @param {Box} frame - The part of the photo in which an edit may show, in px.
 */
export function measurePaste(photo, result, frame) {
  const { width, height } = photo;
  const [before, after] = [photo, result].map(luma);
  if (!before || !after) throw new Error('Two pictures are compared');
  const edited = new Uint8Array(width * height);
  let [outside, count] = [0, 0];
  for (let i = 0; i < edited.length; i++) {
    const change = largestChange(photo.data, result.data, i * 4);
    if (change === 0) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    const inside = x >= frame.left && x < frame.right && y >= frame.top && y < frame.bottom;
    if (!inside) outside++;
    if (change < EDITED) continue;
    edited[i] = 1;
    count++;
  }
  if (count < ENOUGH) return { outside, edited: count, sharpness: undefined, seam: undefined };
  return {
    /** Pixels that changed outside that part: must be 0. */
    outside,
    edited: count,
    /** Variance of the Laplacian over the edited pixels, result / photo. */
    sharpness: laplacianVariance(after, width, edited) / laplacianVariance(before, width, edited),
    seam: seamOf(before, after, width, edited),
  };
}

/**
 * The strongest steps of the change itself along the rim of the edited region, beside the steps that
 * the photo has around there: above 1, the rim could be seen as an edge.
 *
 * @param {Float32Array} before
 * @param {Float32Array} after
 * @param {number} width
 * @param {Uint8Array} edited
 */
function seamOf(before, after, width, edited) {
  const change = after.map((value, i) => value - (before[i] ?? 0));
  /** @type {number[]} */ const rim = [];
  /** @type {number[]} */ const own = [];
  for (let i = width + 1; i < edited.length - width - 1; i++) {
    if (!edited[i]) continue;
    own.push(step(before, i, width));
    const isRim = !(edited[i - 1] && edited[i + 1] && edited[i - width] && edited[i + width]);
    if (isRim) rim.push(step(change, i, width));
  }
  return percentile(rim, 0.99) / Math.max(percentile(own, 0.99), 1);
}

/** @param {Float32Array} plane @param {number} i @param {number} width */
function step(plane, i, width) {
  const at = (/** @type {number} */ offset) => plane[i + offset] ?? 0;
  return Math.hypot(at(1) - at(-1), at(width) - at(-width)) / 2;
}

/** @param {Float32Array} plane @param {number} width @param {Uint8Array} where */
function laplacianVariance(plane, width, where) {
  let [count, sum, squares] = [0, 0, 0];
  for (let i = width + 1; i < plane.length - width - 1; i++) {
    if (!where[i]) continue;
    const at = (/** @type {number} */ offset) => plane[i + offset] ?? 0;
    const value = 4 * at(0) - at(1) - at(-1) - at(width) - at(-width);
    count++;
    sum += value;
    squares += value * value;
  }
  return squares / count - (sum / count) ** 2;
}

/** @param {Pixels} pixels */
function luma({ width, height, data }) {
  const plane = new Float32Array(width * height);
  for (let i = 0; i < plane.length; i++) {
    const [red, green, blue] = [data[i * 4] ?? 0, data[i * 4 + 1] ?? 0, data[i * 4 + 2] ?? 0];
    plane[i] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  return plane;
}

/** @param {Uint8ClampedArray} a @param {Uint8ClampedArray} b @param {number} at */
function largestChange(a, b, at) {
  let most = 0;
  for (let c = at; c < at + 4; c++) most = Math.max(most, Math.abs((a[c] ?? 0) - (b[c] ?? 0)));
  return most;
}

/**
 * The part of a photo under the frame of a face, which may reach beyond the photo: the template
 * brought to the landmarks by the least-squares similarity.
 *
 * @param {readonly (readonly [number, number])[]} template
 * @param {readonly (readonly [number, number])[]} landmarks
 * @param {{ width: number, height: number }} size - Of the template.
 * @param {number} [margin] - Px of the template around it that count as well.
 * @returns {Box}
 */
export function frameOf(template, landmarks, { width, height }, margin = 0) {
  const [from, to] = [template, landmarks].map(centred);
  // Fitted from the photo to the template, as when a face is aligned, then inverted.
  if (!from || !to) throw new Error('Two lists of points are compared');
  let [a, b, spread] = [0, 0, 0];
  for (const [i, [x, y]] of from.points.entries()) {
    const [u, v] = to.points[i] ?? [0, 0];
    a += x * u + y * v;
    b += x * v - y * u;
    spread += u * u + v * v;
  }
  const square = (a * a + b * b) / spread;
  [a, b] = [a / square, b / square];
  const corners = [-margin, width + margin].flatMap((x) =>
    [-margin, height + margin].map((y) => [
      to.x + a * (x - from.x) - b * (y - from.y),
      to.y + b * (x - from.x) + a * (y - from.y),
    ]),
  );
  const [xs, ys] = [0, 1].map((axis) => corners.map((corner) => corner[axis] ?? 0));
  return {
    left: Math.floor(Math.min(...(xs ?? []))),
    top: Math.floor(Math.min(...(ys ?? []))),
    right: Math.ceil(Math.max(...(xs ?? []))),
    bottom: Math.ceil(Math.max(...(ys ?? []))),
  };
}

/** @param {readonly (readonly [number, number])[]} points */
function centred(points) {
  const [x, y] = [0, 1].map(
    (axis) => points.reduce((s, p) => s + (p[axis] ?? 0), 0) / points.length,
  );
  if (x === undefined || y === undefined) throw new Error('There are no points');
  return { x, y, points: points.map(([u, v]) => /** @type {const} */ ([u - x, v - y])) };
}

/** @param {number[]} values @param {number} share */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
}
