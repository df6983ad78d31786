import { platform } from '#platform';
import { applyEdits } from './attributes/apply.js';
import { createSolver } from './attributes/solve.js';
import type { AttributeSet } from './attributes/types.js';
import { chooseDecoder, type LiveDrawing } from './editor/choose-decoder.js';
import { LiveEditor, type LiveEditorSource } from './editor/live-editor.js';
import { invalidArgument, throwIfAborted } from './errors.js';
import { type EditedFace, Face, type FaceEngine } from './face.js';
import {
  type EditorOptions,
  framesOf,
  type MorphOptions,
  type SampleOptions,
  samplingOf,
} from './face-morph-options.js';
import { assertPixels, type Pixels } from './image/pixels.js';
import { Autoencoder, disposedError } from './latent/autoencoder.js';
import { assertLatent, type Latent } from './latent/latent.js';
import type { Sampler } from './latent/sampler.js';
import {
  type AttributeInput,
  type LoadedParts,
  type LoadOptions,
  loadParts,
  readMore,
} from './load.js';
import type { ModelManifest } from './model/manifest-types.js';
import { part } from './part.js';
import type { LocatedFace } from './photo/locator.js';
import { LocatorSource } from './photo/locator-source.js';
import type { OpenOptions, PhotoReader } from './photo/open-photo.js';
import type { Photo } from './photo/photo.js';
import type { TaskOptions } from './progress.js';
import type { ReplayOptions } from './recipe/replay.js';
import { openSession } from './runtime/start-decoder.js';

/**
 * A loaded model: opens photos, makes up faces, morphs between them.
 * Calls may overlap. `dispose` frees all it holds.
 *
 * @example
 * ```ts
 * const fm = await FaceMorph.load();
 * const photo = await fm.open('face.jpg', { aligned: true });
 * const out = await photo.face.edit({ smiling: 2 });
 * await out.save('smile.png');
 * await fm.dispose();
 * ```
 */
export class FaceMorph {
  readonly manifest: ModelManifest;
  /** Such as `onnxruntime-node`, `wasm`. */
  readonly backend: string;
  /** Whether it finds faces in photos: models without a locator only take aligned faces or landmarks. */
  readonly canLocate: boolean;
  readonly #autoencoder: Autoencoder;
  readonly #engine: FaceEngine;
  readonly #reader: PhotoReader;
  /** How an editor draws the face that it edits, where there may be a faster decoder. */
  readonly #liveDrawing: LiveDrawing | undefined;
  readonly #freeBackend: () => Promise<void>;
  readonly #locator: LocatorSource;
  #sampler: Sampler | undefined;
  #disposed: Promise<void> | undefined;

  private constructor(parts: LoadedParts) {
    const { model, attributes, backend, decoder } = parts;
    this.manifest = model.manifest;
    this.backend = backend.name;
    this.#freeBackend = parts.freeBackend;
    this.#autoencoder = new Autoencoder({
      manifest: model.manifest,
      decoder,
      openEncoder: (options) => openSession(backend, model, 'encoder', options),
      openFast: parts.openFast,
    });
    this.#liveDrawing =
      parts.openFast &&
      chooseDecoder(
        {
          exact: (latent, task) => this.decode(latent, task),
          fast: (latent, task) => this.#autoencoder.decodeFast(latent, task),
        },
        parts.onFallback,
      );
    this.#locator = new LocatorSource({ model, backend, given: parts.locator });
    this.canLocate = this.#locator.exists;
    this.#engine = {
      attributes,
      solver: createSolver(attributes),
      decode: (latent, options) => this.decode(latent, options),
    };
    this.#reader = {
      manifest: model.manifest,
      distribution: attributes.latent,
      prepare: (options) => void this.#autoencoder.prepare(options).catch(() => {}),
      locate: (photo, options) => this.#locate(photo, options),
      encode: (aligned, options) => this.encode(aligned, options),
      face: (latent, origin) => new Face(this.#engine, latent, origin),
    };
  }

  /**
   * Fetches, verifies and starts a model. The encoder follows when the first photo is opened.
   * @throws {FaceMorphError} `MODEL_NOT_FOUND`, `MODEL_INTEGRITY`, `MANIFEST_INVALID`,
   * `ATTRIBUTES_INVALID`, `MODEL_MISMATCH`, `NETWORK`, `BACKEND_UNAVAILABLE`,
   * `INFERENCE_FAILED`, `ABORTED`
   */
  static async load(options: LoadOptions = {}): Promise<FaceMorph> {
    return new FaceMorph(await loadParts(options));
  }

  /** What can be edited: the model's own attributes, and those that were added. */
  get attributes(): AttributeSet {
    return this.#engine.attributes;
  }

  /**
   * Adds attributes, such as `learnAttribute` gives, or replaces those of the same name. Faces that are
   * open already can be edited by them too.
   * @throws {FaceMorphError} `ATTRIBUTES_INVALID`, `MODEL_MISMATCH`
   */
  async addAttributes(input: AttributeInput): Promise<void> {
    this.#assertUsable();
    const add = await readMore(input);
    const attributes = add(this.attributes);
    Object.assign(this.#engine, { attributes, solver: createSolver(attributes) });
  }

  /** Numbers in a latent. */
  get latentSize(): number {
    return this.manifest.latent.size;
  }

  /**
   * Reads a picture, finds its faces, brings them to the model's template and encodes them.
   *
   * @param input - File, Blob, URL, path (Node), bytes, ImageData, `Pixels` or what the platform takes.
   * @throws {FaceMorphError} `NO_FACE` when none is found or none of the number asked for,
   * `IMAGE_*`, `ARGUMENT_INVALID`, `ABORTED`, `DISPOSED`
   */
  async open(input: unknown, options: OpenOptions = {}): Promise<Photo> {
    this.#assertUsable();
    const { openPhoto } = await part(import('./photo/open-photo.js'));
    this.#assertUsable();
    return openPhoto(this.#reader, input, options);
  }

  /**
   * The faces in a picture, the largest first, without encoding them. None is no error.
   *
   * @param input - As for {@link FaceMorph.open}.
   * @throws {FaceMorphError} `NO_FACE` when this model cannot search, `IMAGE_*`, `ABORTED`, `DISPOSED`
   */
  async locate(input: unknown, options: TaskOptions = {}): Promise<readonly LocatedFace[]> {
    this.#assertUsable();
    return this.#locate(await platform.decodeImage(input, options), options);
  }

  /**
   * Draws faces that nobody has from the distribution of encoded faces.
   * @throws {FaceMorphError} `ARGUMENT_INVALID`, `ABORTED`, `DISPOSED`
   */
  async sample(options: SampleOptions = {}): Promise<Face[]> {
    this.#assertUsable();
    throwIfAborted(options.signal);
    const { count, seed, truncation } = samplingOf(options);
    const { Sampler } = await part(import('./latent/sampler.js'));
    this.#sampler ??= new Sampler(this.attributes.latent);
    return this.#sampler.draw(count, seed, truncation).map((latent) => this.face(latent));
  }

  /**
   * The pictures of a path from one face to another.
   * @throws {FaceMorphError} `ARGUMENT_INVALID`, `ABORTED`, `DISPOSED`
   */
  async morph(
    from: Face | Latent,
    to: Face | Latent,
    options: MorphOptions = {},
  ): Promise<Pixels[]> {
    this.#assertUsable();
    const { path, easing } = options;
    const frames = framesOf(options);
    const keys = [this.#latentOf(from, 'from'), this.#latentOf(to, 'to')];
    const centre = this.attributes.latent.mean;
    const { latentPath } = await part(import('./latent/interpolate.js'));
    return this.decodeAll(latentPath(keys, { frames, path, easing, centre }), options);
  }

  /** The face at a point of the latent space. @throws {FaceMorphError} `ARGUMENT_INVALID` */
  face(latent: Latent): Face {
    this.#assertUsable();
    return new Face(this.#engine, this.#latentOf(latent, 'latent').slice());
  }

  /**
   * Does again what a recipe says: the same pixels on the same backend.
   *
   * @param recipe - What `Face.recipe()` wrote, or its JSON text.
   * @param subject - The recipe's photo, another one with options that say which face, or a face.
   * A recipe that holds a latent needs none.
   * @throws {FaceMorphError} `RECIPE_INVALID`, `MODEL_MISMATCH`, and as `open` and `Face.edit`
   */
  async replay(recipe: unknown, subject?: unknown, options?: ReplayOptions): Promise<EditedFace> {
    this.#assertUsable();
    const { replayRecipe } = await part(import('./recipe/replay.js'));
    return replayRecipe(this, recipe, subject, options);
  }

  /**
   * An editor for sliders: takes edits at once, shows the newest as soon as it is drawn. For the face
   * of a photo its pictures are {@link Face.closeUp} with the edit in it: without edits, the photo.
   * @throws {FaceMorphError} `ARGUMENT_INVALID`, `DISPOSED`
   */
  editor(face: Face, options: EditorOptions = {}): LiveEditor {
    this.#assertUsable();
    if (!(face instanceof Face)) throw invalidArgument('a Face', 'face', face);
    const latent = this.#latentOf(face, 'face');
    const view = face.liveView(options);
    const drawing = this.#liveDrawing?.(latent, view) ?? {
      decode: async (edited: Latent, task: TaskOptions) => view(await this.decode(edited, task)),
    };
    const source: LiveEditorSource = {
      apply: (edits, keep) => applyEdits(this.#engine, latent, edits, keep),
      ...drawing,
    };
    return new LiveEditor(source, options);
  }

  /**
   * The latent of an aligned face.
   * @param pixels - Of the size in `manifest.image`; transparent parts count as white.
   * @throws {FaceMorphError} `ARGUMENT_INVALID`, `ABORTED`, `DISPOSED`, and as `load` when the
   * encoder is fetched.
   */
  async encode(pixels: Pixels, options: TaskOptions = {}): Promise<Latent> {
    this.#assertUsable();
    assertPixels(pixels);
    const { width, height } = this.manifest.image;
    if (pixels.width !== width || pixels.height !== height) {
      const actual = `${pixels.width}x${pixels.height}`;
      const hint = 'open(picture, { aligned: true }) resizes first.';
      throw invalidArgument(`an aligned face of ${width}x${height}`, 'pixels', actual, hint);
    }
    const { flatten } = await part(import('./image/flatten.js'));
    const [latent] = await this.#autoencoder.encode([flatten(pixels)], options);
    return latent as Latent;
  }

  /** The picture of a latent, of the size in `manifest.image`. @throws as {@link FaceMorph.decodeAll} */
  async decode(latent: Latent, options: TaskOptions = {}): Promise<Pixels> {
    const [pixels] = await this.decodeAll([latent], options);
    return pixels as Pixels;
  }

  /**
   * The pictures of several latents, in order.
   * @throws {FaceMorphError} `ARGUMENT_INVALID`, `ABORTED`, `DISPOSED`, `INFERENCE_FAILED`
   */
  async decodeAll(latents: readonly Latent[], options: TaskOptions = {}): Promise<Pixels[]> {
    this.#assertUsable();
    if (!Array.isArray(latents)) throw invalidArgument('an array of latents', 'latents', latents);
    for (const [index, latent] of latents.entries()) {
      assertLatent(latent, this.latentSize, `latents[${index}]`);
    }
    return this.#autoencoder.decode(latents, options);
  }

  /** Frees sessions and backend. What still runs rejects with `DISPOSED`. Safe to call twice. */
  dispose(): Promise<void> {
    this.#disposed ??= Promise.all([this.#autoencoder.dispose(), this.#locator.dispose()])
      .then(() => {})
      .finally(this.#freeBackend);
    return this.#disposed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #locate(photo: Pixels, options: TaskOptions): Promise<readonly LocatedFace[]> {
    throwIfAborted(options.signal);
    const locator = await this.#locator.open();
    this.#assertUsable();
    return locator.locate(photo, options);
  }

  #latentOf(value: Face | Latent, name: string): Latent {
    const latent = value instanceof Face ? value.latent : value;
    assertLatent(latent, this.latentSize, name);
    return latent;
  }

  #assertUsable(): void {
    if (this.#disposed) throw disposedError();
  }
}
