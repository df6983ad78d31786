import type { Pixels } from '../image/pixels.js';
import type { TaskOptions } from '../progress.js';
import type { Steps } from '../slices.js';
import { type Bounds, FIELD, FieldReader, type Fields, packFields } from './fields.js';
import { grainAt, measureGrain } from './grain.js';
import { labOfBytes, labOfLinear, linearOf, writeBytes } from './oklab.js';
import { snap } from './plane.js';
import { applySimilarity, invertSimilarity, type Similarity } from './similarity.js';
import type { Transfer } from './transfer.js';

/** Rows between two reports of progress. */
const REPORT = 64;
/** Bytes that are copied in one go. */
const CHUNK = 1 << 22;

/**
 * Brings an edit into a photo, at the photo's resolution. Only pixels under
 * fields that change something are looked at; alpha never changes. Beyond one copy of the
 * photo the memory needed does not depend on its size.
 *
 * @param photo - Where the face was found. It is not written to.
 * @param transform - From px of the photo to px of the template.
 */
export function* paste(
  photo: Pixels,
  transform: Similarity,
  transfer: Transfer,
  onProgress?: TaskOptions['onProgress'],
): Steps<Pixels> {
  const fields = yield* packFields(transfer);
  const { width, height } = photo;
  const result = { width, height, data: new Uint8ClampedArray(photo.data.length) };
  for (let at = 0; at < photo.data.length; at += CHUNK) {
    result.data.set(photo.data.subarray(at, at + CHUNK), at);
    yield;
  }
  const { left, top, right, bottom } = regionOf(photo, transform, fields.bounds);
  const total = Math.max(bottom - top, 0);
  const paintRow = createPainter(photo, transform, fields, result);
  for (let y = top; y < bottom; y++) {
    paintRow(y, left, right);
    if ((y - top) % REPORT === 0) onProgress?.({ phase: 'paste', loaded: y - top, total });
    yield;
  }
  onProgress?.({ phase: 'paste', loaded: total, total });
  return result;
}

/** The part of the photo under the places that change. */
function regionOf(photo: Pixels, transform: Similarity, bounds: Bounds): Bounds {
  const toPhoto = invertSimilarity(transform);
  const corners = (
    [
      [bounds.left, bounds.top],
      [bounds.right, bounds.top],
      [bounds.left, bounds.bottom],
      [bounds.right, bounds.bottom],
    ] as const
  ).map((corner) => applySimilarity(toPhoto, corner));
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return {
    left: Math.max(Math.floor(Math.min(...xs)), 0),
    top: Math.max(Math.floor(Math.min(...ys)), 0),
    right: Math.min(Math.ceil(Math.max(...xs)), photo.width),
    bottom: Math.min(Math.ceil(Math.max(...ys)), photo.height),
  };
}

/** A displacement below this, in px of the photo, is none: the pixel need not be resampled. */
const STILL = 0.05;

/** Paints one row of the photo from column `left` up to `right`. */
type RowPainter = (y: number, left: number, right: number) => void;

function createPainter(
  photo: Pixels,
  transform: Similarity,
  fields: Fields,
  result: Pixels,
): RowPainter {
  const [here, there] = [new FieldReader(fields), new FieldReader(fields)];
  const [edit, moved] = [here.values, there.values];
  const toPhoto = invertSimilarity(transform);
  const lab = new Float32Array(3);
  const grain = measureGrain((u, v) => {
    const [px, py] = applySimilarity(toPhoto, [u, v]);
    const [x, y] = [Math.floor(px), Math.floor(py)];
    if (x < 0 || y < 0 || x >= photo.width || y >= photo.height) return undefined;
    const at = (y * photo.width + x) * 4;
    labOfBytes(photo.data[at]!, photo.data[at + 1]!, photo.data[at + 2]!, lab);
    const [centreU, centreV] = applySimilarity(transform, [x + 0.5, y + 0.5]);
    there.readBase(centreU, centreV);
    return lab[0]! - moved[FIELD.base]!;
  });
  return (y, left, right) => {
    for (let x = left; x < right; x++) {
      const u = transform.a * (x + 0.5) - transform.b * (y + 0.5) + transform.x0;
      const v = transform.b * (x + 0.5) + transform.a * (y + 0.5) + transform.y0;
      const at = (y * photo.width + x) * 4;
      if (!here.readChange(u, v) || photo.data[at + 3] === 0) continue;
      const du = edit[FIELD.dx]!;
      const dv = edit[FIELD.dy]!;
      const dx = toPhoto.a * du - toPhoto.b * dv;
      const dy = toPhoto.b * du + toPhoto.a * dv;
      if (Math.abs(dx) + Math.abs(dy) < STILL) {
        labOfBytes(photo.data[at]!, photo.data[at + 1]!, photo.data[at + 2]!, lab);
        there.readBase(u, v);
      } else {
        sampleCubic(photo, x + dx, y + dy, lab);
        there.readBase(u + du, v + dv);
      }
      const renewal = edit[FIELD.renewal]!;
      const detail = lab[0]! - moved[FIELD.base]!;
      const noise = renewal > 0.01 ? renewal * grain * grainAt(x, y) : 0;
      writeBytes(
        lab[0]! + edit[2]! + edit[5]! * detail * (1 - renewal) - renewal * detail + noise,
        lab[1]! + edit[3]! + edit[6]! * detail - renewal * (lab[1]! - moved[10]!),
        lab[2]! + edit[4]! + edit[7]! * detail - renewal * (lab[2]! - moved[11]!),
        result.data,
        at,
      );
    }
  };
}

const CUBIC_X = new Float64Array(4);
const CUBIC_Y = new Float64Array(4);

/**
 * L, a, b of the photo at (x, y), between pixels by a cubic in linear light, which stays sharp. Most
 * places are snapped to whole pixels in one direction or both: of 16 neighbours few have a weight.
 */
function sampleCubic(photo: Pixels, x: number, y: number, lab: Float32Array): void {
  const { width, height, data } = photo;
  const left = Math.floor(x);
  const top = Math.floor(y);
  cubicWeights(snap(x) - left, CUBIC_X);
  cubicWeights(snap(y) - top, CUBIC_Y);
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let j = 0; j < 4; j++) {
    if (CUBIC_Y[j] === 0) continue;
    const row = Math.min(Math.max(top - 1 + j, 0), height - 1) * width;
    for (let i = 0; i < 4; i++) {
      if (CUBIC_X[i] === 0) continue;
      const at = (row + Math.min(Math.max(left - 1 + i, 0), width - 1)) * 4;
      const weight = CUBIC_X[i]! * CUBIC_Y[j]!;
      red += weight * linearOf(data[at]!);
      green += weight * linearOf(data[at + 1]!);
      blue += weight * linearOf(data[at + 2]!);
    }
  }
  labOfLinear(Math.max(red, 0), Math.max(green, 0), Math.max(blue, 0), lab);
}

/** Catmull-Rom weights at `t` between the second and third of four neighbours. */
function cubicWeights(t: number, weights: Float64Array): void {
  weights[0] = (-t + 2 * t * t - t * t * t) / 2;
  weights[1] = (2 - 5 * t * t + 3 * t * t * t) / 2;
  weights[2] = (t + 4 * t * t - 3 * t * t * t) / 2;
  weights[3] = (t * t * t - t * t) / 2;
}
