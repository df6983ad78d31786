import { type AppliedEdits, applyEdits } from './attributes/apply.js';
import { encodeVector } from './attributes/base64.js';
import { type Edits, measureLatent } from './attributes/edits.js';
import type { Solver } from './attributes/solve.js';
import type { AttributeSet } from './attributes/types.js';
import { assertOneOf, invalidArgument } from './errors.js';
import { assertPixels, type Pixels } from './image/pixels.js';
import type { Latent } from './latent/latent.js';
import { part } from './part.js';
import type { Alignment } from './photo/align.js';
import type { FaceQuality } from './photo/quality.js';
import type { EncodeImageOptions, Provenance } from './platform/platform.js';
import type { TaskOptions } from './progress.js';
import {
  EDIT_MODES,
  type EditMode,
  type FacePlace,
  type Recipe,
  type RecipeStep,
} from './recipe/types.js';
import { editsOf, writeRecipe, writeStep } from './recipe/write.js';
import { sharedTask } from './runtime/shared-task.js';
import { runInSlices } from './slices.js';

/** What a face needs of the model that encoded it. */
export interface FaceEngine {
  readonly attributes: AttributeSet;
  readonly solver: Solver;
  decode(latent: Latent, options?: TaskOptions): Promise<Pixels>;
}

/** Where a face comes from. */
export interface FaceOrigin {
  /** Upright, in sRGB. */
  readonly photo: Pixels;
  readonly alignment: Alignment;
  readonly place: FacePlace;
  readonly quality: FaceQuality;
  /** Cuts out what {@link Face.closeUp} gives. */
  readonly closeUp: (size?: number) => Pixels;
}

/** What has been done to a face since it was encoded. */
interface History {
  readonly steps: readonly RecipeStep[];
  readonly mode: EditMode;
}

/** Options of {@link Face.recipe}. */
export interface RecipeOptions {
  /**
   * Put in the face itself, before any edit, as a latent: then the recipe needs no photo, and whoever has
   * it can draw the face. @defaultValue false
   */
  readonly latent?: boolean | undefined;
}

/** Options of {@link Face.edit}. */
export interface EditOptions extends TaskOptions {
  /**
   * How the edit goes back into the photo that the face comes from: `detail` changes the photo's own
   * pixels, `replace` puts the model's picture in their place, `face` gives the model's picture
   * alone, 128x128. @defaultValue `'detail'`
   */
  readonly mode?: EditMode | undefined;
  /** The picture to change, of the photo's size: to edit several faces one after the other. @defaultValue the photo */
  readonly onto?: Pixels | undefined;
  /** Attributes whose scores must not change. Others related to an edit move along with it. */
  readonly keep?: readonly string[] | undefined;
}

/** Options of `FaceMorph.editor` that say what its pictures show. */
export interface LiveViewOptions {
  /** As in {@link EditOptions}: `face` shows what the model draws, 128x128. @defaultValue `'detail'` */
  readonly mode?: EditOptions['mode'];
  /** Longest side of the pictures of a photo's face, in px. @defaultValue 384 */
  readonly size?: number | undefined;
}

/**
 * One face as the model sees it. It never changes: an edit gives another face.
 * Made by `FaceMorph.open`, `sample` and `face`.
 */
export class Face {
  /** The point of the latent space that is this face. Do not write to it. */
  readonly latent: Latent;
  /** The picture that was encoded: aligned, of the model's size. Absent for generated faces. */
  readonly aligned: Pixels | undefined;
  /** How well the photo shows it; `undefined` for generated faces. */
  readonly quality: FaceQuality | undefined;
  readonly #engine: FaceEngine;
  readonly #origin: FaceOrigin | undefined;
  /** The face before any edit: the photo differs from it by what the model cannot draw. */
  readonly #base: Face;
  readonly #history: History;
  readonly #render: (options?: TaskOptions) => Promise<Pixels>;

  /** @internal */
  constructor(
    engine: FaceEngine,
    latent: Latent,
    origin?: FaceOrigin,
    past?: { readonly base: Face; readonly history: History },
  ) {
    this.#engine = engine;
    this.latent = latent;
    this.aligned = origin?.alignment.pixels;
    this.quality = origin?.quality;
    this.#origin = origin;
    this.#base = past?.base ?? this;
    this.#history = past?.history ?? { steps: [], mode: 'detail' };
    this.#render = sharedTask((options) => engine.decode(latent, options));
  }

  /** Where this face stands on each attribute, in standard deviations over faces (0 is average). */
  measure(): Record<string, number> {
    return measureLatent(this.#engine.attributes, this.latent);
  }

  /** This face as the model draws it, 128x128. Drawn once; do not write to its data. */
  render(options: TaskOptions = {}): Promise<Pixels> {
    return this.#render(options);
  }

  /**
   * The part of the photo that edits may change, upright, at the photo's resolution up to `size` px.
   * @param size - Longest side in px, 1 to 2048; what the model saw (128) is the least.
   * @returns `undefined` for a face that comes from no photo. Do not write to its data.
   * @throws {FaceMorphError} `ARGUMENT_INVALID`
   */
  closeUp(size?: number): Pixels | undefined {
    return this.#origin?.closeUp(size);
  }

  /** @internal Makes of the model's pictures what a live editor shows: a close-up with the edit in it. */
  liveView({ mode = 'detail', size }: LiveViewOptions): (after: Pixels) => Promise<Pixels> {
    assertOneOf(EDIT_MODES, 'mode', mode);
    const origin = this.#origin;
    if (!origin || mode === 'face') return async (after) => after;
    const closeUp = origin.closeUp(size);
    const prepare = sharedTask(async () => {
      const { LivePaste } = await part(import('./photo/live-paste.js'));
      const before = await this.#base.render();
      const { pixels: aligned, others } = origin.alignment;
      return runInSlices(LivePaste.prepare({ closeUp, aligned, before, others }, mode));
    });
    return async (after) => runInSlices((await prepare()).draw(after));
  }

  /**
   * Changes attributes and draws the result. All edits and locks are solved together: the least
   * unlikely change that brings every score asked for, so their order does not matter.
   *
   * @param edits - By attribute name: a strength (change of score in standard deviations, 0 for
   * none, up to twice the attribute's range), or `{ value }`, the score to arrive at.
   * `{}` gives the photo as it is; for a generated face, or in mode `face`, what the model draws.
   * @throws {FaceMorphError} `ATTRIBUTE_UNKNOWN` (with the nearest name), `ARGUMENT_INVALID`,
   * `ABORTED`, `DISPOSED`
   * @example
   * ```ts
   * const smile = await face.edit({ smiling: 2, beard: { value: 1 } }, { keep: ['young'] });
   * ```
   */
  async edit(edits: Edits, options: EditOptions = {}): Promise<EditedFace> {
    const applied = applyEdits(this.#engine, this.latent, edits, options.keep);
    const origin = this.#origin;
    const { mode = 'detail', onto = origin?.photo } = options;
    assertOneOf(EDIT_MODES, 'mode', mode);
    if (onto) assertOnto(onto, origin?.photo);
    const pasted = origin !== undefined && onto !== undefined && mode !== 'face';
    const edited = new EditedFace(this.#engine, applied, {
      provenance: pasted ? 'edited' : 'generated',
      kept: options.keep ?? [],
      origin,
      base: this.#base,
      history: { steps: [...this.#history.steps, writeStep(edits, options.keep)], mode },
      compose: async (after, task) =>
        pasted ? this.#paste(origin, onto, after, mode, task) : after,
    });
    await edited.pixels(options);
    return edited;
  }

  /**
   * This face's edits as data, to be kept, shared and done again: `FaceMorph.replay`.
   * @example
   * ```ts
   * await writeFile('edit.json', JSON.stringify(edited.recipe()));
   * ```
   */
  recipe({ latent = false }: RecipeOptions = {}): Recipe {
    const { steps, mode } = this.#history;
    const { edits, keep } = steps.at(-1) ?? { edits: [], keep: [] };
    return writeRecipe({
      model: this.#engine.attributes.model,
      face: this.#origin?.place,
      latent: latent ? encodeVector(this.#base.latent, 'float32') : undefined,
      earlier: steps.slice(0, -1),
      edits: editsOf({ edits }),
      keep,
      mode,
    });
  }

  async #paste(
    { alignment }: FaceOrigin,
    onto: Pixels,
    after: Pixels,
    mode: Exclude<EditMode, 'face'>,
    options: TaskOptions,
  ): Promise<Pixels> {
    const before = await this.#base.render(options);
    const { pasteEdit } = await part(import('./photo/paste-edit.js'));
    return pasteEdit(onto, alignment, { before, after }, mode, options);
  }
}

function assertOnto(onto: Pixels, photo: Pixels | undefined): void {
  if (!photo) throw invalidArgument('nothing', 'onto', onto, 'This face comes from no photo.');
  assertPixels(onto, 'onto');
  if (onto.width === photo.width && onto.height === photo.height) return;
  const actual = `${onto.width}x${onto.height}`;
  throw invalidArgument(`a picture of the photo's ${photo.width}x${photo.height}`, 'onto', actual);
}

const output = (): Promise<typeof import('./image/output.js')> => part(import('./image/output.js'));

interface EditContext {
  readonly kept: readonly string[];
  readonly provenance: Provenance;
  readonly origin: FaceOrigin | undefined;
  readonly base: Face;
  readonly history: History;
  readonly compose: (after: Pixels, options: TaskOptions) => Promise<Pixels>;
}

/** A face after an edit: its picture in every form, and what the edit reached. */
export class EditedFace extends Face {
  /** The change of score asked for, by attribute; values are turned into changes. */
  readonly strengths: Readonly<Record<string, number>>;
  readonly kept: readonly string[];
  /**
   * The change of score that was reached, for each edited and kept attribute. Less than the
   * strength where edits and locks contradict each other: the locks hold.
   */
  readonly reached: Readonly<Record<string, number>>;
  /** What its files say of it by default: an edited photo, or a picture that the model drew. */
  readonly provenance: Provenance;

  readonly #compose: (options?: TaskOptions) => Promise<Pixels>;

  /** @internal */
  constructor(engine: FaceEngine, applied: AppliedEdits, context: EditContext) {
    const { kept, origin, compose } = context;
    super(engine, applied.latent, origin, context);
    this.#compose = sharedTask(async (options = {}) =>
      compose(await this.render(options), options),
    );
    this.strengths = applied.strengths;
    this.reached = applied.reached;
    this.kept = [...kept];
    this.provenance = context.provenance;
  }

  /**
   * The result as a picture: the whole photo, at its size, with the edit in it; for a generated face
   * what the model draws. Do not write to its data.
   */
  pixels(options: TaskOptions = {}): Promise<Pixels> {
    return this.#compose(options);
  }

  /** The result as the bytes of a file. @throws {FaceMorphError} `IMAGE_UNSUPPORTED` */
  async encode(options: EncodeImageOptions = {}): Promise<Uint8Array> {
    const { encodeImage } = await output();
    return encodeImage(await this.pixels(), this.#marked(options));
  }

  /** The result as a `Blob`, for uploads and object URLs. */
  async toBlob(options: EncodeImageOptions = {}): Promise<Blob> {
    const { toBlob } = await output();
    return toBlob(await this.pixels(), this.#marked(options));
  }

  /** The result on a new canvas. Browsers and workers only. */
  async toCanvas(): Promise<OffscreenCanvas> {
    const { toCanvas } = await part(import('./image/codec.canvas.js'));
    return toCanvas(await this.pixels());
  }

  /**
   * Writes the result to a file, in the format of its extension (.png, .jpg, .webp, .avif). Node only.
   * @throws {FaceMorphError} `IMAGE_UNSUPPORTED`, `WRITE_FAILED`
   */
  async save(path: string, options: EncodeImageOptions = {}): Promise<void> {
    const { saveImage } = await output();
    await saveImage(path, await this.pixels(), this.#marked(options));
  }

  /** Options by which a file says what is true of it, unless they forbid it. */
  #marked(options: EncodeImageOptions): EncodeImageOptions {
    return { ...options, provenance: options.provenance ?? this.provenance };
  }
}
