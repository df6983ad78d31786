import { faceFrame } from './face-frame.js';
import type { Landmarks } from './landmarks.js';
import type { Point } from './similarity.js';

/** What the network says at one stride: `[11, cells, cells]`, a logit and five (x, y) offsets. */
export interface LocatorMap {
  /** Px of the square for each cell. */
  readonly stride: number;
  readonly cells: number;
  readonly data: Float32Array;
}

/** A face in px of the square. */
export interface Candidate {
  readonly landmarks: Landmarks;
  readonly confidence: number;
}

/** Offsets come in this many strides. */
const OFFSET_UNIT = 4;
/** Cells looked at, the surest first; a face has about a dozen. */
const CANDIDATES = 200;
/** Cells of one face that are at least so sure beside the surest say together where its landmarks are. */
const AGREES = 0.5;
/** Two faces whose centres are nearer than this share of the smaller one's size are one. */
const APART = 0.5;

/**
 * The faces that the maps speak of, the surest first, without doubles.
 * @param threshold - Least confidence, 0..1.
 */
export function readMaps(
  maps: readonly LocatorMap[],
  template: readonly Point[],
  threshold: number,
): Candidate[] {
  const candidates = maps
    .flatMap((map) => sureCells(map, threshold))
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, CANDIDATES);
  const kept: { cells: [Candidate, ...Candidate[]]; centre: Point; size: number }[] = [];
  for (const candidate of candidates) {
    const { centre, size } = faceFrame(candidate.landmarks, template);
    const same = kept.find(({ centre: [x, y], size: other }) => {
      const distance = Math.max(Math.abs(centre[0] - x), Math.abs(centre[1] - y));
      return distance <= APART * Math.min(size, other);
    });
    if (!same) kept.push({ cells: [candidate], centre, size });
    else if (candidate.confidence >= AGREES * same.cells[0].confidence) same.cells.push(candidate);
  }
  return kept.map(({ cells }) => ({
    landmarks: meanLandmarks(cells),
    confidence: cells[0].confidence,
  }));
}

/** The mean, weighted by squared confidence: one cell alone is rough about a small face. */
function meanLandmarks(cells: readonly Candidate[]): Landmarks {
  const total = cells.reduce((sum, { confidence }) => sum + confidence ** 2, 0);
  const mean = (k: number, axis: 0 | 1): number =>
    cells.reduce((sum, c) => sum + c.confidence ** 2 * c.landmarks[k]![axis], 0) / total;
  return [0, 1, 2, 3, 4].map((k) => [mean(k, 0), mean(k, 1)]) as unknown as Landmarks;
}

function sureCells({ stride, cells, data }: LocatorMap, threshold: number): Candidate[] {
  const area = cells * cells;
  const found: Candidate[] = [];
  for (let cell = 0; cell < area; cell++) {
    const confidence = 1 / (1 + Math.exp(-data[cell]!));
    if (confidence < threshold) continue;
    const x = ((cell % cells) + 0.5) * stride;
    const y = (Math.floor(cell / cells) + 0.5) * stride;
    const point = (k: number): Point => [
      x + data[(1 + 2 * k) * area + cell]! * OFFSET_UNIT * stride,
      y + data[(2 + 2 * k) * area + cell]! * OFFSET_UNIT * stride,
    ];
    found.push({ landmarks: [point(0), point(1), point(2), point(3), point(4)], confidence });
  }
  return found;
}
