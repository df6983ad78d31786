import type { LabPlanes } from './oklab.js';

/** Chroma, in Oklab, at the end of the bins; photos hardly have more. */
const CHROMA = 0.2;

/** Number of bins: along L, along a and b. */
export interface BinCounts {
  readonly light: number;
  readonly chroma: number;
}

/** The colours of a picture, counted in bins of L, a, b. */
export class ColourBins {
  /** The bin of each place. */
  readonly of: Int32Array;
  readonly #counts: BinCounts;
  readonly #doubt: number;

  /** @param doubt - A colour that was hardly seen decides little: so many places stand against it. */
  constructor([light, a, b]: LabPlanes['planes'], counts: BinCounts, doubt: number) {
    this.#counts = counts;
    this.#doubt = doubt;
    const { chroma } = counts;
    const chromaBin = (value: number): number => {
      const place = Math.floor(((value / CHROMA + 1) / 2) * chroma);
      return Math.min(Math.max(place, 0), chroma - 1);
    };
    this.of = new Int32Array(light.length);
    for (let i = 0; i < this.of.length; i++) {
      const bin = Math.min(Math.max(Math.floor(light[i]! * counts.light), 0), counts.light - 1);
      this.of[i] = (bin * chroma + chromaBin(a[i]!)) * chroma + chromaBin(b[i]!);
    }
  }

  /** Share of each bin among the places, which count by their weights; neighbouring bins blend. */
  shares(weights: Float32Array): Float32Array {
    const { light, chroma } = this.#counts;
    const counts = new Float32Array(light * chroma * chroma);
    let total = 0;
    for (let i = 0; i < weights.length; i++) {
      counts[this.of[i]!]! += weights[i]!;
      total += weights[i]!;
    }
    const strides = [1, chroma, chroma * chroma];
    const spread = strides.reduce<Float32Array>((from, stride) => this.#blur(from, stride), counts);
    for (let i = 0; i < spread.length; i++) {
      spread[i] = (spread[i]! + this.#doubt / weights.length) / (total + this.#doubt);
    }
    return spread;
  }

  /**
   * How likely each place is of one kind, 0..1, by Bayes' rule.
   * @param prior - The same before its colour is seen.
   * @param near - {@link shares} of that kind. @param far - Of all else.
   */
  posterior(prior: Float32Array, near: Float32Array, far: Float32Array): Float32Array {
    const likely = new Float32Array(prior.length);
    for (let i = 0; i < likely.length; i++) {
      const bin = this.of[i]!;
      const inside = prior[i]! * near[bin]!;
      likely[i] = inside / (inside + (1 - prior[i]!) * far[bin]!);
    }
    return likely;
  }

  /** Each bin takes a quarter of its neighbours' counts along one axis. */
  #blur(counts: Float32Array, stride: number): Float32Array {
    const { light, chroma } = this.#counts;
    const length = stride === chroma ** 2 ? light : chroma;
    const out = new Float32Array(counts.length);
    for (let start = 0; start < counts.length; start += stride * length) {
      for (let place = 0; place < length; place++) {
        for (let i = start + place * stride; i < start + (place + 1) * stride; i++) {
          const count = counts[i]!;
          const before = place > 0 ? counts[i - stride]! : count;
          const after = place < length - 1 ? counts[i + stride]! : count;
          out[i] = (before + 2 * count + after) / 4;
        }
      }
    }
    return out;
  }
}
