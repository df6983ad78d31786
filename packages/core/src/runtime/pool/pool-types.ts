/** What a pool of worker threads is asked for and gives back: plain data that crosses threads. */
import type { Edits } from '../../attributes/edits.js';
import type { AttributeSet } from '../../attributes/types.js';
import type { EditOptions } from '../../face.js';
import type { MorphOptions, SampleOptions } from '../../face-morph-options.js';
import type { Pixels } from '../../image/pixels.js';
import type { Easing } from '../../latent/interpolate.js';
import type { Latent } from '../../latent/latent.js';
import type { AttributeInput } from '../../load.js';
import type { ModelManifest, ModelSource } from '../../model/manifest-types.js';
import type { LocatedFace } from '../../photo/locator.js';
import type { OpenOptions } from '../../photo/open-photo.js';
import type { PhotoWarning } from '../../photo/quality.js';
import type { EncodeImageOptions, Provenance } from '../../platform/platform.js';
import type { BackendName } from '../options.js';

/** Options of `createPool`. */
export interface PoolOptions {
  /** Threads, each with a model of its own, 1 to 64. @defaultValue the number of cores */
  readonly workers?: number | undefined;
  /** Jobs that may wait beyond those that run; one more is refused with `BUSY`. @defaultValue 16 for each worker */
  readonly maxQueue?: number | undefined;
  /** As for `FaceMorph.load`. */
  readonly model?: string | URL | ModelSource | undefined;
  readonly attributes?: AttributeInput | readonly AttributeInput[] | undefined;
  readonly backend?: BackendName | undefined;
  /** `false`: downloaded model files are not kept. */
  readonly cache?: false | undefined;
  /** Stops the start. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of every job. */
export interface JobOptions {
  /** A job that waits is dropped; the result of one that runs is not waited for. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds that it may run, waiting not counted. Then it rejects with `TIMEOUT`, and its thread
   * is replaced by another. `Infinity` or 0 is no limit. @defaultValue no limit
   */
  readonly timeout?: number | undefined;
  /**
   * Called when a thread takes the job up; once more where that thread was lost. What it throws, the job
   * rejects with.
   */
  readonly onStart?: (() => void) | undefined;
}

/** A picture that a thread can read: a path, a URL, the bytes of a file, or pixels. */
export type PoolPicture = string | URL | Uint8Array | ArrayBuffer | Pixels;

/** How a picture is opened. */
export interface PoolOpenOptions extends Pick<OpenOptions, 'aligned' | 'landmarks'> {
  /** Which face: the largest, or its number from 0 by size. @defaultValue `'largest'` */
  readonly face?: 'largest' | number | undefined;
  /** Larger pictures are refused with `IMAGE_TOO_LARGE` before they are decoded. @defaultValue 100 megapixels */
  readonly maxPixels?: number | undefined;
}

/** How a morph goes; an easing of one's own is a function, which cannot cross threads. */
export interface PoolMorphOptions extends Pick<MorphOptions, 'frames' | 'path'> {
  /** @defaultValue `'linear'` */
  readonly easing?: Exclude<Easing, (time: number) => number> | undefined;
}

/** In place of pixels, the bytes of a file. */
export interface PoolFileOptions {
  readonly file: EncodeImageOptions;
}

/** A picture as it was asked for: pixels, or with `file` the bytes of one. */
export interface PoolResult<Picture> {
  readonly picture: Picture;
  readonly width: number;
  readonly height: number;
}

/** What `Pool.encode` gives. */
export interface EncodedPhoto {
  readonly width: number;
  readonly height: number;
  readonly latent: Latent;
  /** Where the face stands on each attribute. */
  readonly scores: Readonly<Record<string, number>>;
  /** All faces found, the largest first; empty when the caller said where the face is. */
  readonly located: readonly LocatedFace[];
  readonly warnings: readonly PhotoWarning[];
}

/** What `Pool.edit` gives. */
export interface EditedPhoto<Picture> extends PoolResult<Picture> {
  /** Of the face after the edit. */
  readonly latent: Latent;
  /** Where the face stood on each attribute before. */
  readonly before: Readonly<Record<string, number>>;
  readonly strengths: Readonly<Record<string, number>>;
  readonly reached: Readonly<Record<string, number>>;
  readonly provenance: Provenance;
  readonly warnings: readonly PhotoWarning[];
}

/** What `Pool.sample` gives of each face. */
export interface SampledFace<Picture> extends PoolResult<Picture> {
  readonly latent: Latent;
}

type EditJobOptions = JobOptions & PoolOpenOptions & Pick<EditOptions, 'keep' | 'mode'>;
type SampleJobOptions = JobOptions & Pick<SampleOptions, 'count' | 'seed' | 'truncation'>;
type MorphJobOptions = JobOptions & PoolOpenOptions & PoolMorphOptions;

/**
 * FaceMorph on worker threads: the event loop stays free, and every core works.
 * Jobs start in the order in which they come.
 */
export interface Pool {
  readonly manifest: ModelManifest;
  readonly attributes: AttributeSet;
  /** Such as `onnxruntime-node`. */
  readonly backend: string;
  readonly workers: number;
  readonly maxQueue: number;
  /** Jobs that run. */
  readonly running: number;
  /** Jobs that wait for a thread. */
  readonly waiting: number;
  /** Threads that were lost and replaced. */
  readonly replaced: number;

  /**
   * The face in a picture as a latent and its scores.
   * @throws {FaceMorphError} as `FaceMorph.open`, and what every job can reject with: `BUSY`,
   * `TIMEOUT`, `WORKER_LOST`, `ABORTED`, `DISPOSED`
   */
  encode(picture: PoolPicture, options?: JobOptions & PoolOpenOptions): Promise<EncodedPhoto>;

  /** The pictures of latents. @throws as `FaceMorph.decode` and {@link Pool.encode} */
  decode(
    latents: readonly Latent[],
    options: JobOptions & PoolFileOptions,
  ): Promise<PoolResult<Uint8Array>[]>;
  decode(latents: readonly Latent[], options?: JobOptions): Promise<PoolResult<Pixels>[]>;

  /**
   * Edits the face in a picture, or the face that a latent is.
   * @throws as `Face.edit` and {@link Pool.encode}
   */
  edit(
    face: PoolPicture | Latent,
    edits: Edits,
    options: EditJobOptions & PoolFileOptions,
  ): Promise<EditedPhoto<Uint8Array>>;
  edit(
    face: PoolPicture | Latent,
    edits: Edits,
    options?: EditJobOptions,
  ): Promise<EditedPhoto<Pixels>>;

  /** Faces that nobody has. @throws as `FaceMorph.sample` and {@link Pool.encode} */
  sample(options: SampleJobOptions & PoolFileOptions): Promise<SampledFace<Uint8Array>[]>;
  sample(options?: SampleJobOptions): Promise<SampledFace<Pixels>[]>;

  /** The pictures from one face to another. @throws as `FaceMorph.morph` and {@link Pool.encode} */
  morph(
    from: PoolPicture | Latent,
    to: PoolPicture | Latent,
    options: MorphJobOptions & PoolFileOptions,
  ): Promise<PoolResult<Uint8Array>[]>;
  morph(
    from: PoolPicture | Latent,
    to: PoolPicture | Latent,
    options?: MorphJobOptions,
  ): Promise<PoolResult<Pixels>[]>;

  /**
   * Resolves when one more job would not be refused: the way to feed a pool from a long list.
   * @throws {FaceMorphError} `ABORTED`, `DISPOSED`
   */
  room(signal?: AbortSignal): Promise<void>;

  /** Ends all threads; what runs or waits rejects with `DISPOSED` at once. Safe to call twice. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
