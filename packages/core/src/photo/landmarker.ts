import { FaceMorphError } from '../errors.js';
import type { Pixels } from '../image/pixels.js';
import type { TaskOptions } from '../progress.js';
import type { Session } from '../runtime/backend.js';
import { runInSlices } from '../slices.js';
import { alignSteps } from './align.js';
import type { Landmarks } from './landmarks.js';
import { applySimilarity, invertSimilarity, type Point } from './similarity.js';

/** Side of the crop that the network reads, in px. */
const SIDE = 96;
/** How much of the template's frame the crop shows, in px of the template, around `CENTRE`. */
const REACH = 112;
const CENTRE: Point = [64, 74];
/** Offsets come in this many px of the crop. */
const OFFSET_UNIT = 8;
/** A logit and five (x, y) offsets from where the template's points lie in the crop. */
const CHANNELS = 11;

/** What a closer look says. */
export interface CloserLook {
  /** In px of the photo. */
  readonly landmarks: Landmarks;
  /** How surely there is a face, 0..1. */
  readonly confidence: number;
}

/**
 * A closer look at one face: an upright crop of 96x96 px around a first estimate goes through the
 * model's landmarker (`landmarker.py`), which was trained on estimates that are as far off.
 */
export class Landmarker {
  readonly #session: Session;
  readonly #points: readonly Point[];

  constructor(session: Session, template: readonly Point[]) {
    this.#session = session;
    this.#points = template.map(([x, y]) => [
      ((x - CENTRE[0]) * SIDE) / REACH + SIDE / 2,
      ((y - CENTRE[1]) * SIDE) / REACH + SIDE / 2,
    ]);
  }

  dispose(): Promise<void> {
    return this.#session.dispose();
  }

  /** @throws {FaceMorphError} `ABORTED`, `INFERENCE_FAILED` */
  async look(photo: Pixels, first: Landmarks, { signal }: TaskOptions): Promise<CloserLook> {
    const frame = { width: SIDE, height: SIDE, points: this.#points };
    const { pixels, transform } = await runInSlices(alignSteps(photo, first, frame), signal);
    const data = new Uint8Array(pixels.data.buffer);
    const image = { type: 'uint8', dims: [1, SIDE, SIDE, 4], data } as const;
    const { face } = await this.#session.run({ image }, { signal });
    if (face?.type !== 'float32' || face.data.length !== CHANNELS) {
      throw new FaceMorphError(
        'INFERENCE_FAILED',
        `The landmarker did not return float32 face [1, ${CHANNELS}]`,
        { hint: 'The model file does not fit its manifest.' },
      );
    }
    const [logit = 0, ...offsets] = face.data;
    const toPhoto = invertSimilarity(transform);
    const landmarks = this.#points.map(([x, y], k) =>
      applySimilarity(toPhoto, [
        x + offsets[2 * k]! * OFFSET_UNIT,
        y + offsets[2 * k + 1]! * OFFSET_UNIT,
      ]),
    );
    return {
      landmarks: landmarks as unknown as Landmarks,
      confidence: 1 / (1 + Math.exp(-logit)),
    };
  }
}
