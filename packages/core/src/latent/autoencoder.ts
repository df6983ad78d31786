import { FaceMorphError, throwIfAborted } from '../errors.js';
import { blankPixels, type Pixels } from '../image/pixels.js';
import type { ModelManifest } from '../model/manifest-types.js';
import type { TaskOptions } from '../progress.js';
import type { Session, Tensor } from '../runtime/backend.js';
import { sharedTask } from '../runtime/shared-task.js';
import type { Latent } from './latent.js';

/** Options of {@link Autoencoder}. */
export interface AutoencoderOptions {
  readonly manifest: ModelManifest;
  readonly decoder: Session;
  /** Called when the first picture is encoded, and again after a failure. */
  readonly openEncoder: (options: TaskOptions) => Promise<Session>;
  /** Likewise, for the first latent that is decoded in int8. @defaultValue such a model has none */
  readonly openFast?: ((options: TaskOptions) => Promise<Session>) | undefined;
}

/** Pictures or latents in one run of a session: bounds memory and the wait for an abort. */
const BATCH = 8;

/** The two halves of the VAE over plain data: pictures to latents and back. */
export class Autoencoder {
  readonly #manifest: ModelManifest;
  readonly #decoder: Session;
  readonly #encoder: (options?: TaskOptions) => Promise<Session>;
  readonly #fast: ((options?: TaskOptions) => Promise<Session>) | undefined;
  readonly #openSessions = new Set<Session>();
  readonly #lifetime = new AbortController();

  constructor({ manifest, decoder, openEncoder, openFast }: AutoencoderOptions) {
    this.#manifest = manifest;
    this.#decoder = decoder;
    this.#openSessions.add(decoder);
    const owned = (open: (options: TaskOptions) => Promise<Session>) =>
      sharedTask(async (options) => this.#own(await open(options)));
    this.#encoder = owned(openEncoder);
    this.#fast = openFast && owned(openFast);
  }

  /** Loads the encoder. @throws what keeps it from loading; `encode` then tries again. */
  async prepare(options: TaskOptions = {}): Promise<void> {
    await this.#guard(() => this.#encoder(options));
  }

  /** @param pictures - Aligned faces, each of the manifest's `image` size and opaque. */
  async encode(pictures: readonly Pixels[], options: TaskOptions = {}): Promise<Latent[]> {
    const encoder = await this.#guard(() => this.#encoder(options));
    const { width, height } = this.#manifest.image;
    const { size } = this.#manifest.latent;
    return this.#inBatches(pictures, 'encode', options, async (batch) => {
      const data = new Uint8Array(batch.length * width * height * 4);
      for (const [index, picture] of batch.entries()) {
        data.set(picture.data, index * width * height * 4);
      }
      const image: Tensor = { type: 'uint8', dims: [batch.length, height, width, 4], data };
      const { latent } = await encoder.run({ image }, { signal: options.signal });
      if (latent?.type !== 'float32' || latent.data.length !== batch.length * size) {
        throw badOutput('encoder', `float32 latent [${batch.length}, ${size}]`);
      }
      return batch.map((_, index) => latent.data.slice(index * size, (index + 1) * size));
    });
  }

  async decode(latents: readonly Latent[], options: TaskOptions = {}): Promise<Pixels[]> {
    return this.#decodeBy(this.#decoder, latents, options);
  }

  /** Draws one latent in int8, where there is a decoder for it. */
  async decodeFast(latent: Latent, options: TaskOptions = {}): Promise<Pixels> {
    const fast = (await this.#guard(async () => this.#fast?.(options))) ?? this.#decoder;
    const [pixels] = await this.#decodeBy(fast, [latent], options);
    return pixels as Pixels;
  }

  async #decodeBy(
    decoder: Session,
    latents: readonly Latent[],
    options: TaskOptions,
  ): Promise<Pixels[]> {
    const { width, height } = this.#manifest.image;
    const { size } = this.#manifest.latent;
    return this.#inBatches(latents, 'decode', options, async (batch) => {
      const data = new Float32Array(batch.length * size);
      for (const [index, latent] of batch.entries()) data.set(latent, index * size);
      const latent: Tensor = { type: 'float32', dims: [batch.length, size], data };
      const { image } = await decoder.run({ latent }, { signal: options.signal });
      const bytes = width * height * 4;
      if (image?.type !== 'uint8' || image.data.length !== batch.length * bytes) {
        throw badOutput('decoder', `uint8 image [${batch.length}, ${height}, ${width}, 4]`);
      }
      const { buffer, byteOffset, byteLength } = image.data;
      if (byteLength === buffer.byteLength && batch.length === 1) {
        // The usual case of a live frame: the session's own bytes, not copied.
        const own = new Uint8ClampedArray(buffer as ArrayBuffer, byteOffset, byteLength);
        return [{ width, height, data: own }];
      }
      return batch.map((_, index) => {
        const pixels = blankPixels(width, height);
        pixels.data.set(image.data.subarray(index * bytes, (index + 1) * bytes));
        return pixels;
      });
    });
  }

  /** Frees both sessions. What still runs then rejects with `DISPOSED`. Safe to call twice. */
  async dispose(): Promise<void> {
    this.#lifetime.abort();
    const sessions = [...this.#openSessions];
    this.#openSessions.clear();
    await Promise.all(sessions.map((session) => session.dispose()));
  }

  /** Keeps a session for `dispose`; one that comes too late is freed at once. */
  async #own(session: Session): Promise<Session> {
    if (this.#lifetime.signal.aborted) {
      await session.dispose();
      throw disposedError();
    }
    this.#openSessions.add(session);
    return session;
  }

  async #inBatches<T, R>(
    items: readonly T[],
    phase: 'encode' | 'decode',
    { signal, onProgress }: TaskOptions,
    run: (batch: readonly T[]) => Promise<R[]>,
  ): Promise<R[]> {
    const results: R[] = [];
    const total = items.length;
    onProgress?.({ phase, loaded: 0, total });
    while (results.length < total) {
      throwIfAborted(signal);
      const batch = items.slice(results.length, results.length + BATCH);
      results.push(...(await this.#guard(() => run(batch))));
      onProgress?.({ phase, loaded: results.length, total });
    }
    return results;
  }

  /** Whatever a session says when it is disposed of under way, the caller hears `DISPOSED`. */
  async #guard<T>(work: () => Promise<T>): Promise<T> {
    if (this.#lifetime.signal.aborted) throw disposedError();
    try {
      return await work();
    } catch (error) {
      throw this.#lifetime.signal.aborted ? disposedError(error) : error;
    }
  }
}

/** What every call after `dispose()` gets. */
export function disposedError(cause?: unknown): FaceMorphError {
  return new FaceMorphError('DISPOSED', 'This FaceMorph has been disposed of', {
    hint: 'Load another with FaceMorph.load().',
    ...(cause === undefined ? {} : { cause }),
  });
}

function badOutput(session: string, expected: string): FaceMorphError {
  return new FaceMorphError('INFERENCE_FAILED', `The ${session} did not return ${expected}`, {
    hint: 'The model file does not fit its manifest.',
  });
}
