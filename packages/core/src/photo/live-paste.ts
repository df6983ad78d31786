import type { Pixels } from '../image/pixels.js';
import type { Steps } from '../slices.js';
import { Enlarger } from './enlarger.js';
import type { FaceFrame } from './face-frame.js';
import { VISIBLE } from './fields.js';
import { grainAt, measureGrain } from './grain.js';
import { type LabPlanes, labSteps, writeBytes } from './oklab.js';
import { planeOf, sampleAt, snap } from './plane.js';
import {
  type PasteMode,
  planTransfer,
  prepareTransfer,
  samePixels,
  type TransferBase,
} from './transfer.js';

/** The pictures of a face that its live pictures are made of. */
export interface LiveFace {
  /** The photo under the face's frame. */
  readonly closeUp: Pixels;
  /** The same at the template's size, as it was encoded. */
  readonly aligned: Pixels;
  /** The model's picture of it. */
  readonly before: Pixels;
  /** The photo's other faces, in px of the template. */
  readonly others?: readonly FaceFrame[] | undefined;
}

/** A displacement below this, in px of the close-up, is none. */
const STILL = 0.05;

/** What does not depend on the edit. */
interface Prepared {
  readonly base: TransferBase;
  readonly enlarger: Enlarger;
  readonly photo: LabPlanes['planes'];
  readonly detail: LabPlanes['planes'];
}

/**
 * Shows edits of one face in its photo while sliders move: what {@link paste} does, for a close-up
 * of a few hundred px, with all that does not depend on the edit computed once.
 */
export class LivePaste {
  readonly #face: LiveFace;
  readonly #mode: PasteMode;
  readonly #base: TransferBase;
  readonly #enlarger: Enlarger;
  /** The close-up in Oklab, and what of it is finer than the aligned picture. */
  readonly #photo: LabPlanes['planes'];
  readonly #detail: LabPlanes['planes'];
  readonly #grain: number;

  /** Computes what does not depend on the edit. */
  static *prepare(face: LiveFace, mode: PasteMode = 'detail'): Steps<LivePaste> {
    const base = yield* prepareTransfer(face.aligned, face.before, face.others);
    const photo = yield* labSteps(face.closeUp);
    const enlarger = new Enlarger(face.aligned, face.closeUp);
    const detail: Float32Array[] = [];
    for (const [c, plane] of photo.entries()) {
      const soft = enlarger.enlarge(base.photo.planes[c]!);
      yield;
      detail.push(planeOf(plane.length, (i) => plane[i]! - soft[i]!));
      yield;
    }
    const fine = detail as unknown as LabPlanes['planes'];
    return new LivePaste(face, mode, { base, enlarger, photo, detail: fine });
  }

  private constructor(face: LiveFace, mode: PasteMode, prepared: Prepared) {
    const { closeUp, aligned } = face;
    this.#face = face;
    this.#mode = mode;
    this.#base = prepared.base;
    this.#enlarger = prepared.enlarger;
    this.#photo = prepared.photo;
    this.#detail = prepared.detail;
    const scale = closeUp.width / aligned.width;
    this.#grain = measureGrain((u, v) => {
      const [x, y] = [Math.floor(u * scale), Math.floor(v * scale)];
      return this.#detail[0][y * closeUp.width + x];
    });
  }

  /** The close-up with the edit in it; the close-up itself when nothing changes. */
  *draw(after: Pixels): Steps<Pixels> {
    const { closeUp, before } = this.#face;
    if (this.#mode === 'detail' && samePixels(before, after)) return closeUp;
    const { flow, change, slope, renewal } = yield* planTransfer(this.#base, after, this.#mode);
    const fields = [...change, ...slope, renewal, flow.dx, flow.dy];
    const wide = fields.map((plane) => this.#enlarger.widen(plane));
    const rows = fields.map(() => new Float32Array(closeUp.width));
    const result = { ...closeUp, data: closeUp.data.slice() };
    for (let y = 0; y < closeUp.height; y++) {
      for (const [f, plane] of wide.entries()) this.#enlarger.readRow(plane, y, rows[f]!);
      this.#paintRow(y, rows, result.data);
      yield;
    }
    return result;
  }

  #paintRow(y: number, rows: readonly Float32Array[], data: Uint8ClampedArray): void {
    const [changeL, changeA, changeB, slopeL, slopeA, slopeB, renewals, dxs, dys] = rows as Rows;
    const [photoL, photoA, photoB] = this.#photo;
    const [detailL, detailA, detailB] = this.#detail;
    const { width, height } = this.#face.closeUp;
    const scale = width / this.#base.width;
    const size = { width, height };
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const renewal = renewals[x]!;
      const [dx, dy] = [dxs[x]! * scale, dys[x]! * scale];
      const isMoved = Math.abs(dx) + Math.abs(dy) >= STILL;
      const isChanged =
        isMoved ||
        renewal > VISIBLE.renewal ||
        Math.abs(changeL[x]!) > VISIBLE.change ||
        Math.abs(changeA[x]!) > VISIBLE.change ||
        Math.abs(changeB[x]!) > VISIBLE.change ||
        Math.abs(slopeL[x]!) > VISIBLE.slope;
      if (!isChanged) continue;
      let [light, a, b] = [photoL[i]!, photoA[i]!, photoB[i]!];
      let [fineL, fineA, fineB] = [detailL[i]!, detailA[i]!, detailB[i]!];
      if (isMoved) {
        const [u, v] = [snap(x + dx), snap(y + dy)];
        light = sampleAt(photoL, size, u, v);
        a = sampleAt(photoA, size, u, v);
        b = sampleAt(photoB, size, u, v);
        fineL = sampleAt(detailL, size, u, v);
        fineA = sampleAt(detailA, size, u, v);
        fineB = sampleAt(detailB, size, u, v);
      }
      const noise = renewal > 0.01 ? renewal * this.#grain * grainAt(x, y) : 0;
      writeBytes(
        light + changeL[x]! + slopeL[x]! * fineL * (1 - renewal) - renewal * fineL + noise,
        a + changeA[x]! + slopeA[x]! * fineL - renewal * fineA,
        b + changeB[x]! + slopeB[x]! * fineL - renewal * fineB,
        data,
        i * 4,
      );
    }
  }
}

type Plane = Float32Array;
type Rows = [Plane, Plane, Plane, Plane, Plane, Plane, Plane, Plane, Plane];
