import { FaceMorphError, throwIfAborted } from '../errors.js';
import { flatten } from '../image/flatten.js';
import { createPixels, type Pixels } from '../image/pixels.js';
import { resize } from '../image/resize.js';
import { shrink } from '../image/shrink.js';
import { disposedError } from '../latent/autoencoder.js';
import type { TaskOptions } from '../progress.js';
import type { Session } from '../runtime/backend.js';
import { sharedTask } from '../runtime/shared-task.js';
import { boxOf, faceFrame } from './face-frame.js';
import type { Landmarks } from './landmarks.js';
import type { FaceLocator, LocatedFace } from './locator.js';
import { type Candidate, type LocatorMap, readMaps } from './locator-maps.js';
import type { Point } from './similarity.js';

/** Side of the square that the network reads, in px. */
const SIDE = 256;
const STRIDES = [8, 16, 32] as const;
const CHANNELS = 11;
/** Least confidence with which a face counts: at most 1 % false alarms on split A (`locator_export.py`). */
const SURE = 0.54;

/** Options of {@link NetworkLocator}. */
export interface NetworkLocatorOptions {
  /** Called at the first photo, and again after a failure. */
  readonly openSession: (options: TaskOptions) => Promise<Session>;
  /** The model's five points. */
  readonly template: readonly Point[];
}

/**
 * The model's own locator: one look at the whole photo in 256x256 px, as `locate` in
 * `locator_export.py`. A second look at a crop around each face was measured and does not help.
 */
export class NetworkLocator implements FaceLocator {
  readonly #open: (options?: TaskOptions) => Promise<Session>;
  readonly #template: readonly Point[];
  #session: Session | undefined;
  #disposed = false;

  constructor({ openSession, template }: NetworkLocatorOptions) {
    this.#template = template;
    this.#open = sharedTask(async (options) => {
      const session = await openSession(options);
      if (this.#disposed) {
        await session.dispose();
        throw disposedError();
      }
      this.#session = session;
      return session;
    });
  }

  /** Frees the session. Safe to call twice. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#session?.dispose();
  }

  /** @throws {FaceMorphError} `ABORTED`, `INFERENCE_FAILED`, and as `load` when the file is fetched */
  async locate(photo: Pixels, options: TaskOptions = {}): Promise<LocatedFace[]> {
    const session = await this.#open(options);
    throwIfAborted(options.signal);
    options.onProgress?.({ phase: 'locate', loaded: 0, total: 1 });
    const { square, scale } = letterbox(photo);
    const candidates = await this.#look(session, square, options);
    const faces = candidates.map(({ landmarks, confidence }): LocatedFace => {
      const inPhoto = landmarks.map(([x, y]) => [x / scale, y / scale]) as unknown as Landmarks;
      return { landmarks: inPhoto, confidence, box: boxOf(faceFrame(inPhoto, this.#template)) };
    });
    faces.sort((a, b) => b.box.width - a.box.width);
    options.onProgress?.({ phase: 'locate', loaded: 1, total: 1 });
    return faces;
  }

  async #look(session: Session, square: Pixels, { signal }: TaskOptions): Promise<Candidate[]> {
    const data = new Uint8Array(square.data.buffer);
    const image = { type: 'uint8', dims: [1, SIDE, SIDE, 4], data } as const;
    const outputs = await session.run({ image }, { signal });
    const maps = STRIDES.map((stride): LocatorMap => {
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
    return readMaps(maps, this.#template, SURE);
  }
}

/** The whole photo in the upper left of a black square, and px of the square for each px of it. */
function letterbox(photo: Pixels): { square: Pixels; scale: number } {
  const longest = Math.max(photo.width, photo.height);
  const scale = SIDE / longest;
  const factor = Math.floor(longest / (2 * SIDE));
  const width = Math.max(1, Math.round(photo.width * scale));
  const height = Math.max(1, Math.round(photo.height * scale));
  const isThin = Math.min(photo.width, photo.height) < factor;
  const source = factor > 1 && !isThin ? shrink(photo, factor) : photo;
  const small = flatten(resize(source, { width, height }));
  const square = createPixels(SIDE, SIDE);
  for (let i = 3; i < square.data.length; i += 4) square.data[i] = 255;
  for (let y = 0; y < height; y++) {
    const row = small.data.subarray(y * width * 4, (y + 1) * width * 4);
    square.data.set(row, y * SIDE * 4);
  }
  return { square, scale };
}
