import { planeOf, type Size } from './plane.js';

/** For each place of a longer line, the sample before it and the share of the one after that. */
interface Taps {
  readonly first: Int32Array;
  readonly share: Float32Array;
}

/** Enlarges planes of one size to another, linearly, row by row on demand. */
export class Enlarger {
  readonly #from: Size;
  readonly #columns: Taps;
  readonly #rows: Taps;

  /** @param from - At least 2x2. */
  constructor(from: Size, to: Size) {
    this.#from = from;
    this.#columns = tapsOf(from.width, to.width);
    this.#rows = tapsOf(from.height, to.height);
  }

  /** The plane at the new width and its own height: what {@link Enlarger.readRow} reads. */
  widen(plane: Float32Array): Float32Array {
    const { first, share } = this.#columns;
    const { width, height } = this.#from;
    const wide = new Float32Array(first.length * height);
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < first.length; x++, i++) {
        const at = y * width + first[x]!;
        wide[i] = plane[at]! + (plane[at + 1]! - plane[at]!) * share[x]!;
      }
    }
    return wide;
  }

  /** Writes one row at the new size to `row`. */
  readRow(wide: Float32Array, y: number, row: Float32Array): void {
    const width = row.length;
    const upper = this.#rows.first[y]! * width;
    const share = this.#rows.share[y]!;
    for (let x = 0; x < width; x++) {
      const value = wide[upper + x]!;
      row[x] = value + (wide[upper + width + x]! - value) * share;
    }
  }

  /** The whole plane at the new size. */
  enlarge(plane: Float32Array): Float32Array {
    const wide = this.widen(plane);
    const width = this.#columns.first.length;
    const out = new Float32Array(width * this.#rows.first.length);
    for (let y = 0; y * width < out.length; y++) {
      this.readRow(wide, y, out.subarray(y * width, (y + 1) * width));
    }
    return out;
  }
}

/** Samples lie in the middle of their pixels; beyond the first and last the border continues. */
function tapsOf(from: number, to: number): Taps {
  const places = planeOf(to, (i) => Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1));
  const first = Int32Array.from(places, (place) => Math.min(Math.floor(place), from - 2));
  return { first, share: planeOf(to, (i) => places[i]! - first[i]!) };
}
