import { createPixels, type Pixels } from '../image/pixels.js';
import { runAtOnce, type Steps } from '../slices.js';
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
}

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
  const transform = fitSimilarity(landmarks, template.points);
  const pixels = yield* cutFrame(photo, transform, template);
  return { pixels, transform, coverage: coverageOf(photo, invertSimilarity(transform), template) };
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
  const share = 1 / (factor * factor);
  for (let y = 0; y < height * factor; y++) {
    const row = mirror(top + y, photo.height) * photo.width;
    const out = Math.floor(y / factor) * width;
    for (let x = 0; x < columns.length; x++) {
      const from = (row + columns[x]!) * 4;
      const to = (out + Math.floor(x / factor)) * 3;
      const opacity = (photo.data[from + 3]! / 255) * share;
      const white = 255 * share - 255 * opacity;
      for (let c = 0; c < 3; c++) rgb[to + c]! += photo.data[from + c]! * opacity + white;
    }
    yield;
  }
  return { left, top, factor, width, height, rgb };
}

/** The index inside 0..size-1 that an index outside is the mirror image of (edges repeated). */
function mirror(index: number, size: number): number {
  const period = 2 * size;
  const wrapped = ((index % period) + period) % period;
  return wrapped < size ? wrapped : period - 1 - wrapped;
}

function* sampleFrame(
  source: ReducedRegion,
  toPhoto: Similarity,
  { width, height }: FrameSize,
): Steps<Pixels> {
  const pixels = createPixels(width, height);
  const sum: [number, number, number] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      sum.fill(0);
      for (const [dx, dy] of SUPERSAMPLES) {
        addBilinear(source, applySimilarity(toPhoto, [x + dx, y + dy]), sum);
      }
      const to = (y * width + x) * 4;
      for (let c = 0; c < 3; c++) pixels.data[to + c] = sum[c]! / SUPERSAMPLES.length;
      pixels.data[to + 3] = 255;
    }
    yield;
  }
  return pixels;
}

const SUPERSAMPLES: readonly Point[] = [
  [0.25, 0.25],
  [0.75, 0.25],
  [0.25, 0.75],
  [0.75, 0.75],
];

function addBilinear(source: ReducedRegion, [x, y]: Point, sum: [number, number, number]): void {
  const px = (x - source.left) / source.factor - 0.5;
  const py = (y - source.top) / source.factor - 0.5;
  const [column, row] = [Math.floor(px), Math.floor(py)];
  const [fx, fy] = [px - column, py - row];
  const at = (row * source.width + column) * 3;
  const below = at + source.width * 3;
  for (let c = 0; c < 3; c++) {
    const upper = source.rgb[at + c]! * (1 - fx) + source.rgb[at + 3 + c]! * fx;
    const lower = source.rgb[below + c]! * (1 - fx) + source.rgb[below + 3 + c]! * fx;
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
