import { FaceMorphError, throwIfAborted } from '../errors.js';
import { flatten } from '../image/flatten.js';
import { blankPixels, type Pixels } from '../image/pixels.js';
import { resizeSteps } from '../image/resize.js';
import { shrink } from '../image/shrink.js';
import { disposedError } from '../latent/autoencoder.js';
import type { TaskOptions } from '../progress.js';
import type { Session } from '../runtime/backend.js';
import { sharedTask } from '../runtime/shared-task.js';
import { runInSlices, type Steps } from '../slices.js';
import { fitFace } from './align.js';
import { boxOf, faceFrame } from './face-frame.js';
import { Landmarker } from './landmarker.js';
import type { Landmarks } from './landmarks.js';
import type { FaceLocator, LocatedFace } from './locator.js';
import { type Candidate, type LocatorMap, readMaps } from './locator-maps.js';
import type { Point } from './similarity.js';

/** Side of the square that the network reads, in px. */
const SIDE = 256;
/** Side of the template's frame, in px. */
const FRAME = 128;
const STRIDES = [8, 16, 32] as const;
const CHANNELS = 11;
/** Confidence of the first look from which a place is looked at more closely, and how many at most. */
const LEAST = 0.2;
const MOST = 12;
/** Least confidence with which a face counts. */
const SURE = 0.5;
/** Odds of all looks that are called 0.5: at most 1 % false alarms on split A (`locator_report.py`). */
const EVEN_ODDS = 11;
/** Confidence of a closer look below which no second one is taken. */
const HOPELESS = 0.1;
/** The same where a model has no landmarker. */
const SURE_AT_FIRST_LOOK = 0.54;

/** Options of {@link NetworkLocator}. */
export interface NetworkLocatorOptions {
  /** Called at the first photo, and again after a failure. */
  readonly openSession: (role: 'locator' | 'landmarker', options: TaskOptions) => Promise<Session>;
  /** Whether the model has the network for the closer look. */
  readonly hasLandmarker: boolean;
  /** The model's five points. */
  readonly template: readonly Point[];
}

interface Networks {
  readonly locator: Session;
  readonly landmarker: Landmarker | undefined;
}

/**
 * The model's own locator: a look at the whole photo in 256x256 px says where faces may be, and a
 * closer look at each place in 96x96 px whether one is there, and its landmarks (`locator_report.py`).
 */
export class NetworkLocator implements FaceLocator {
  readonly #open: (options?: TaskOptions) => Promise<Networks>;
  readonly #template: readonly Point[];
  #networks: Networks | undefined;
  #disposed = false;

  constructor({ openSession, template, hasLandmarker }: NetworkLocatorOptions) {
    this.#template = template;
    this.#open = sharedTask(async (options) => {
      const locator = await openSession('locator', options);
      let landmarker: Landmarker | undefined;
      try {
        if (hasLandmarker)
          landmarker = new Landmarker(await openSession('landmarker', options), template);
        if (this.#disposed) throw disposedError();
      } catch (error) {
        await Promise.all([locator.dispose(), landmarker?.dispose()]);
        throw error;
      }
      this.#networks = { locator, landmarker };
      return this.#networks;
    });
  }

  /** Frees the sessions. Safe to call twice. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await Promise.all([this.#networks?.locator.dispose(), this.#networks?.landmarker?.dispose()]);
  }

  /** @throws {FaceMorphError} `ABORTED`, `INFERENCE_FAILED`, and as `load` when a file is fetched */
  async locate(photo: Pixels, options: TaskOptions = {}): Promise<LocatedFace[]> {
    const { locator, landmarker } = await this.#open(options);
    throwIfAborted(options.signal);
    options.onProgress?.({ phase: 'locate', loaded: 0, total: 1 });
    const { square, scale } = await runInSlices(letterbox(photo), options.signal);
    const maps = await this.#look(locator, square, options);
    const threshold = landmarker ? LEAST : SURE_AT_FIRST_LOOK;
    // Of a picture without a face the networks may say anything.
    const frame = { width: FRAME, points: this.#template };
    const isFace = ({ landmarks }: Candidate): boolean =>
      fitFace(photo, landmarks, frame) !== undefined;
    const found = readMaps(maps, this.#template, threshold)
      .map(({ landmarks, confidence }) => ({
        landmarks: landmarks.map(([x, y]) => [x / scale, y / scale]) as unknown as Landmarks,
        confidence,
      }))
      .filter(isFace);
    const sure = landmarker
      ? await closer(landmarker, photo, found.slice(0, MOST), isFace, options)
      : found;
    const faces = sure.map(
      ({ landmarks, confidence }): LocatedFace => ({
        landmarks,
        confidence,
        box: boxOf(faceFrame(landmarks, this.#template)),
      }),
    );
    faces.sort((a, b) => b.box.width - a.box.width);
    options.onProgress?.({ phase: 'locate', loaded: 1, total: 1 });
    return faces;
  }

  async #look(session: Session, square: Pixels, { signal }: TaskOptions): Promise<LocatorMap[]> {
    const data = new Uint8Array(square.data.buffer);
    const image = { type: 'uint8', dims: [1, SIDE, SIDE, 4], data } as const;
    const outputs = await session.run({ image }, { signal });
    return STRIDES.map((stride): LocatorMap => {
      const cells = SIDE / stride;
      const output = outputs[`stride${stride}`];
      if (output?.type !== 'float32' || output.data.length !== CHANNELS * cells * cells) {
        throw new FaceMorphError(
          'INFERENCE_FAILED',
          `The locator did not return float32 stride${stride} [1, ${CHANNELS}, ${cells}, ${cells}]`,
          { hint: 'The model file does not fit its manifest.' },
        );
      }
      return { stride, cells, data: output.data };
    });
  }
}

/** Landmarks and confidence from closer looks; what turns out to be no face is dropped. */
async function closer(
  landmarker: Landmarker,
  photo: Pixels,
  found: readonly Candidate[],
  isFace: (face: Candidate) => boolean,
  options: TaskOptions,
): Promise<Candidate[]> {
  const faces: Candidate[] = [];
  for (const first of found) {
    throwIfAborted(options.signal);
    const near = await landmarker.look(photo, first.landmarks, options);
    if (near.confidence < HOPELESS || !isFace(near)) continue;
    // From where the first put the landmarks: the face lies better in the crop.
    const again = await landmarker.look(photo, near.landmarks, options);
    const confidence = together(first.confidence, near.confidence, again.confidence);
    if (confidence >= SURE && isFace(again)) faces.push({ landmarks: again.landmarks, confidence });
  }
  return faces;
}

/** Three confidences as one: the mean of their logits, the locator's counted twice, less the threshold's. */
function together(locator: number, near: number, again: number): number {
  const oddsOf = (p: number): number => p / Math.max(1 - p, 1e-6);
  const odds = (oddsOf(locator) ** 2 * oddsOf(near) * oddsOf(again)) ** (1 / 4);
  return odds / (odds + EVEN_ODDS);
}

/** The whole photo in the upper left of a black square, and px of the square for each px of it. */
function* letterbox(photo: Pixels): Steps<{ square: Pixels; scale: number }> {
  const longest = Math.max(photo.width, photo.height);
  const scale = SIDE / longest;
  const factor = Math.floor(longest / (2 * SIDE));
  const width = Math.max(1, Math.round(photo.width * scale));
  const height = Math.max(1, Math.round(photo.height * scale));
  const isThin = Math.min(photo.width, photo.height) < factor;
  const source = factor > 1 && !isThin ? yield* shrink(photo, factor) : photo;
  const small = flatten(yield* resizeSteps(source, { width, height }));
  const square = blankPixels(SIDE, SIDE);
  for (let i = 3; i < square.data.length; i += 4) square.data[i] = 255;
  for (let y = 0; y < height; y++) {
    const row = small.data.subarray(y * width * 4, (y + 1) * width * 4);
    square.data.set(row, y * SIDE * 4);
  }
  return { square, scale };
}
