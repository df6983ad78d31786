import { invalidArgument } from '../errors.js';
import { blankPixels, type Pixels } from '../image/pixels.js';
import { runAtOnce, type Steps } from '../slices.js';
import type { FaceFrame } from './face-frame.js';
import {
  applySimilarity,
  fitSimilarity,
  invertSimilarity,
  type Point,
  type Similarity,
  scaleOf,
} from './similarity.js';

/** Where an aligned face lies: size of the frame and the place of the landmarks in it. */
export interface Template {
  readonly width: number;
  readonly height: number;
  readonly points: readonly Point[];
}

/** A face brought to the template. */
export interface Alignment {
  /** Of the template's size, opaque. */
  readonly pixels: Pixels;
  /** From px of the photo to px of the aligned picture. */
  readonly transform: Similarity;
  /** Share of the frame that lies inside the photo, 0..1; the rest is mirrored. */
  readonly coverage: number;
  /** The photo's other faces that were found, in px of the aligned picture. */
  readonly others?: readonly FaceFrame[];
}

/**
 * How many times a photo's longest side the frame of a face may be wide: its eyes are a quarter of it
 * apart, and landmarks lie within twice the photo. What lies as in no face may ask for any width.
 */
const WIDEST = 8;

/**
 * Maps a face to the template by the best similarity of its landmarks. Every pixel is the average
 * over its area: a photo that is more than twice too large is first reduced by a whole factor, then
 * each pixel is the mean of 2x2 bilinear samples. Transparent parts become white.
 */
export function alignFace(
  photo: Pixels,
  landmarks: readonly Point[],
  template: Template,
): Alignment {
  return runAtOnce(alignSteps(photo, landmarks, template));
}

/** {@link alignFace} for large photos on a page that stays free. */
export function* alignSteps(
  photo: Pixels,
  landmarks: readonly Point[],
  template: Template,
): Steps<Alignment> {
  const transform = fitFace(photo, landmarks, template);
  if (!transform) throw invalidArgument('landmarks of a face', 'landmarks', landmarks);
  const pixels = yield* cutFrame(photo, transform, template);
  return { pixels, transform, coverage: coverageOf(photo, invertSimilarity(transform), template) };
}

/** From px of a photo to px of the template; `undefined` for points that do not lie as in a face. */
export function fitFace(
  photo: FrameSize,
  landmarks: readonly Point[],
  { width, points }: Pick<Template, 'width' | 'points'>,
): Similarity | undefined {
  const transform = fitSimilarity(landmarks, points);
  const widest = WIDEST * Math.max(photo.width, photo.height);
  return width <= widest * scaleOf(transform) ? transform : undefined;
}

/**
 * The photo under a frame of `size`, as {@link alignFace} samples it.
 * @param transform - From px of the photo to px of the frame.
 */
export function* cutFrame(photo: Pixels, transform: Similarity, size: FrameSize): Steps<Pixels> {
  const toPhoto = invertSimilarity(transform);
  const factor = Math.max(1, Math.floor(scaleOf(toPhoto)));
  const source = yield* reduceRegion(photo, regionOf(toPhoto, size), factor);
  return yield* sampleFrame(source, toPhoto, size);
}

type FrameSize = Pick<Template, 'width' | 'height'>;

interface Region {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** RGB of a part of the photo, reduced by `factor`; its pixel (0, 0) starts at (left, top). */
interface ReducedRegion {
  readonly left: number;
  readonly top: number;
  readonly factor: number;
  readonly width: number;
  readonly height: number;
  readonly rgb: Float32Array;
}

/** The photo's pixels under the frame, which may reach beyond the photo. */
function regionOf(toPhoto: Similarity, { width, height }: FrameSize): Region {
  const corners = (
    [
      [0, 0],
      [width, 0],
      [0, height],
      [width, height],
    ] as const
  ).map((corner) => applySimilarity(toPhoto, corner));
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return {
    left: Math.floor(Math.min(...xs)),
    top: Math.floor(Math.min(...ys)),
    right: Math.ceil(Math.max(...xs)),
    bottom: Math.ceil(Math.max(...ys)),
  };
}

/** Averages blocks of `factor` x `factor` px, with a block to spare on each side. */
function* reduceRegion(photo: Pixels, region: Region, factor: number): Steps<ReducedRegion> {
  const left = region.left - factor;
  const top = region.top - factor;
  const width = Math.ceil((region.right - left) / factor) + 1;
  const height = Math.ceil((region.bottom - top) / factor) + 1;
  const rgb = new Float32Array(width * height * 3);
  const columns = Int32Array.from({ length: width * factor }, (_, i) =>
    mirror(left + i, photo.width),
  );
  for (let y = 0; y < height * factor; y++) {
    const row = mirror(top + y, photo.height) * photo.width;
    addRow(photo.data, row, columns, factor, rgb, Math.floor(y / factor) * width * 3);
    yield;
  }
  return { left, top, factor, width, height, rgb };
}

/** Adds a row of the photo to the blocks it lies in, on white where it is transparent. */
function addRow(
  data: Uint8ClampedArray,
  row: number,
  columns: Int32Array,
  factor: number,
  rgb: Float32Array,
  to: number,
): void {
  const share = 1 / (factor * factor);
  for (let x = 0; x < columns.length; x += factor, to += 3) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let i = x; i < x + factor; i++) {
      const from = (row + columns[i]!) * 4;
      const opacity = data[from + 3]! / 255;
      const white = 255 * (1 - opacity);
      red += data[from]! * opacity + white;
      green += data[from + 1]! * opacity + white;
      blue += data[from + 2]! * opacity + white;
    }
    rgb[to]! += red * share;
    rgb[to + 1]! += green * share;
    rgb[to + 2]! += blue * share;
  }
}

/** The index inside 0..size-1 that an index outside is the mirror image of (edges repeated). */
function mirror(index: number, size: number): number {
  const period = 2 * size;
  const wrapped = ((index % period) + period) % period;
  return wrapped < size ? wrapped : period - 1 - wrapped;
}

function* sampleFrame(
  source: ReducedRegion,
  { a, b, x0, y0 }: Similarity,
  { width, height }: FrameSize,
): Steps<Pixels> {
  const pixels = blankPixels(width, height);
  const sum = new Float64Array(3);
  const share = 1 / SUPERSAMPLES.length ** 2;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      sum.fill(0);
      for (const dy of SUPERSAMPLES) {
        for (const dx of SUPERSAMPLES) {
          addBilinear(
            source,
            a * (x + dx) - b * (y + dy) + x0,
            b * (x + dx) + a * (y + dy) + y0,
            sum,
          );
        }
      }
      const to = (y * width + x) * 4;
      for (let c = 0; c < 3; c++) pixels.data[to + c] = sum[c]! * share;
      pixels.data[to + 3] = 255;
    }
    yield;
  }
  return pixels;
}

/** Where a pixel is sampled, in each direction. */
const SUPERSAMPLES = [0.25, 0.75] as const;

/** Adds the region's colour at (x, y), in px of the photo. */
function addBilinear(source: ReducedRegion, x: number, y: number, sum: Float64Array): void {
  const { width, rgb } = source;
  const px = (x - source.left) / source.factor - 0.5;
  const py = (y - source.top) / source.factor - 0.5;
  const column = Math.floor(px);
  const row = Math.floor(py);
  const fx = px - column;
  const fy = py - row;
  const at = (row * width + column) * 3;
  const below = at + width * 3;
  for (let c = 0; c < 3; c++) {
    const upper = rgb[at + c]! * (1 - fx) + rgb[at + 3 + c]! * fx;
    const lower = rgb[below + c]! * (1 - fx) + rgb[below + 3 + c]! * fx;
    sum[c]! += upper * (1 - fy) + lower * fy;
  }
}

function coverageOf(photo: Pixels, toPhoto: Similarity, { width, height }: FrameSize): number {
  let inside = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [px, py] = applySimilarity(toPhoto, [x + 0.5, y + 0.5]);
      if (px >= 0 && py >= 0 && px < photo.width && py < photo.height) inside++;
    }
  }
  return inside / (width * height);
}
