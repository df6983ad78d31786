import type { Steps } from '../slices.js';
import type { Size } from './plane.js';
import type { Transfer } from './transfer.js';

/** Where each field lies in {@link FieldReader.values}. */
export const FIELD = { dx: 0, dy: 1, change: 2, slope: 5, renewal: 8, base: 9 } as const;
const FIELDS = 12;
const BASE: number = FIELD.base;

/** Fields side by side for each place of a grid that is twice as fine as the template. */
export interface Fields extends Size {
  readonly data: Float32Array;
  /** 1 where any field would change a pixel. */
  readonly active: Uint8Array;
  /** What of the template's plane those places cover, in template px; empty where nothing changes. */
  readonly bounds: Bounds;
  /** Template px around the template that are covered too. */
  readonly margin: number;
}

/** A rectangle in template px. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Smaller values than these change no pixel that anyone could see. */
export const VISIBLE = { flow: 0.01, change: 2e-4, slope: 2e-3, renewal: 2e-3 };

/**
 * Enlarges the fields twice with a cubic (Catmull-Rom), so that the bilinear reading of
 * {@link FieldReader} shows no facets in a large photo.
 */
export function* packFields(transfer: Transfer): Steps<Fields> {
  const { flow, change, slope, renewal, base } = transfer;
  const planes = [flow.dx, flow.dy, ...change, ...slope, renewal, ...base];
  const size = { width: transfer.width * 2, height: transfer.height * 2 };
  const count = size.width * size.height;
  const data = new Float32Array(count * FIELDS);
  const wide = planes.map((plane) => widen(plane, transfer));
  yield;
  for (let y = 0; y < size.height; y++) {
    // All fields of a row: what lies side by side is written together.
    for (const [field, plane] of wide.entries()) writeRow(plane, transfer.height, y, data, field);
    if (y % ROWS === 0) yield;
  }
  const active = new Uint8Array(count);
  for (let i = 0; i < count; i++) active[i] = isActive(data, i * FIELDS) ? 1 : 0;
  const { margin } = transfer;
  return { ...size, data, active, margin, bounds: boundsOf(active, size, margin) };
}

/** The least rectangle around all active places, with the place of the grid next to them. */
function boundsOf(active: Uint8Array, { width }: Size, margin: number): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < active.length; i++) {
    if (!active[i]) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (left > right) return { left: 0, top: 0, right: 0, bottom: 0 };
  const place = (value: number): number => value / 2 - margin;
  return {
    left: place(left - 1),
    top: place(top - 1),
    right: place(right + 2),
    bottom: place(bottom + 2),
  };
}

function isActive(data: Float32Array, at: number): boolean {
  if (isOver(data, at + FIELD.dx, 2, VISIBLE.flow)) return true;
  if (isOver(data, at + FIELD.change, 3, VISIBLE.change)) return true;
  if (isOver(data, at + FIELD.slope, 3, VISIBLE.slope)) return true;
  return isOver(data, at + FIELD.renewal, 1, VISIBLE.renewal);
}

function isOver(data: Float32Array, from: number, count: number, limit: number): boolean {
  for (let i = from; i < from + count; i++) if (Math.abs(data[i]!) > limit) return true;
  return false;
}

/** Rows between two places at which the work may pause. */
const ROWS = 16;

/** Weights of four neighbours for the places a quarter before and after the second of them. */
const CUBIC = [0.25, 0.75].map((t) => [
  (-t + 2 * t * t - t ** 3) / 2,
  (2 - 5 * t * t + 3 * t ** 3) / 2,
  (t + 4 * t * t - 3 * t ** 3) / 2,
  (-t * t + t ** 3) / 2,
]) as [Taps, Taps];
type Taps = [number, number, number, number];

/** Output j lies at input (j - 0.5) / 2: three quarters or one quarter of the way. */
function tapsOf(j: number): { readonly first: number; readonly weights: Taps } {
  return { first: ((j + 1) >> 1) - 2, weights: CUBIC[j % 2 === 0 ? 1 : 0] };
}

/** The plane at twice the width. */
function widen(plane: Float32Array, { width, height }: Size): Float32Array {
  const out = new Float32Array(width * 2 * height);
  const within = (i: number): number => Math.min(Math.max(i, 0), width - 1);
  for (let j = 0; j < width * 2; j++) {
    const { first, weights } = tapsOf(j);
    const [a, b, c, d] = [0, 1, 2, 3].map((k) => within(first + k)) as Taps;
    const [wa, wb, wc, wd] = weights;
    for (let row = 0, to = j; to < out.length; row += width, to += width * 2) {
      out[to] =
        wa * plane[row + a]! + wb * plane[row + b]! + wc * plane[row + c]! + wd * plane[row + d]!;
    }
  }
  return out;
}

/** Writes row `y` of twice the height of one field to its places among the others. */
function writeRow(
  wide: Float32Array,
  height: number,
  y: number,
  data: Float32Array,
  field: number,
): void {
  const width = wide.length / height;
  const { first, weights } = tapsOf(y);
  const [a, b, c, d] = [0, 1, 2, 3].map(
    (k) => Math.min(Math.max(first + k, 0), height - 1) * width,
  ) as Taps;
  const [wa, wb, wc, wd] = weights;
  for (let x = 0, to = y * width * FIELDS + field; x < width; x++, to += FIELDS) {
    data[to] = wa * wide[a + x]! + wb * wide[b + x]! + wc * wide[c + x]! + wd * wide[d + x]!;
  }
}

/** Reads all fields at a place of the template in one go. */
export class FieldReader {
  /** The fields at the place read last, as in {@link FIELD}. */
  readonly values: Float32Array = new Float32Array(FIELDS);
  readonly #fields: Fields;

  constructor(fields: Fields) {
    this.#fields = fields;
  }

  /**
   * Reads all but the base at (u, v) in template px.
   * @returns false, and reads nothing, where no pixel changes.
   */
  readChange(u: number, v: number): boolean {
    const { width, height, active, margin } = this.#fields;
    const x = (u + margin) * 2 - 0.5;
    const y = (v + margin) * 2 - 0.5;
    if (!(x >= 0 && y >= 0 && x < width - 1 && y < height - 1)) return false;
    const at = (y | 0) * width + (x | 0);
    if (!(active[at]! | active[at + 1]! | active[at + width]! | active[at + width + 1]!)) {
      return false;
    }
    this.#read(x, y, 0, BASE);
    return true;
  }

  /** Reads the base at (u, v) in template px; outside, the border continues. */
  readBase(u: number, v: number): void {
    const { width, height, margin } = this.#fields;
    const x = Math.min(Math.max((u + margin) * 2 - 0.5, 0), width - 1.001);
    const y = Math.min(Math.max((v + margin) * 2 - 0.5, 0), height - 1.001);
    this.#read(x, y, BASE, FIELDS);
  }

  #read(x: number, y: number, from: number, to: number): void {
    const { width, data } = this.#fields;
    const values = this.values;
    const left = x | 0;
    const top = y | 0;
    const fx = x - left;
    const fy = y - top;
    const upper = (top * width + left) * FIELDS;
    const lower = upper + width * FIELDS;
    const w00 = (1 - fx) * (1 - fy);
    const w01 = fx * (1 - fy);
    const w10 = (1 - fx) * fy;
    const w11 = fx * fy;
    for (let f = from; f < to; f++) {
      values[f] =
        data[upper + f]! * w00 +
        data[upper + FIELDS + f]! * w01 +
        data[lower + f]! * w10 +
        data[lower + FIELDS + f]! * w11;
    }
  }
}
