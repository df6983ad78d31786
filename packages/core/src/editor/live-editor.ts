import type { Edits } from '../attributes/edits.js';
import { FaceMorphError } from '../errors.js';
import type { Pixels } from '../image/pixels.js';
import type { Latent } from '../latent/latent.js';

/** A picture of the edited face, as the editor shows it. */
export interface LiveFrame {
  readonly pixels: Pixels;
  readonly latent: Latent;
  /** The change of score asked for, by attribute. */
  readonly strengths: Readonly<Record<string, number>>;
  /** The change of score brought, for edited and kept attributes. */
  readonly reached: Readonly<Record<string, number>>;
  /**
   * Number of the edit that this shows; grows from frame to frame, with gaps. The last one of a drag
   * may come twice: drawn quickly, then exactly.
   */
  readonly sequence: number;
}

/** What edits and locks come to, before it is drawn. */
type Applied = Omit<LiveFrame, 'pixels' | 'sequence'>;

/** What a {@link LiveEditor} edits. */
export interface LiveEditorSource {
  /** Checks edits and locks and solves them. @throws on bad ones */
  apply(edits: Edits, keep: readonly string[]): Applied;
  decode(latent: Latent, options: { readonly signal: AbortSignal }): Promise<Pixels>;
  /**
   * Where `decode` is quick rather than exact: the exact picture, for when the sliders rest, or
   * nothing if the one that was decoded is exact.
   */
  refine?(latent: Latent, options: { readonly signal: AbortSignal }): Promise<Pixels | undefined>;
}

/** How long the sliders rest before the last picture is drawn exactly, in ms. */
const REST = 150;

/** Options of {@link LiveEditor}. */
export interface LiveEditorOptions {
  /** Called when a frame could not be made. Without it, only `flush` tells. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/**
 * Edits a face while sliders move. Edits are taken at once and never wait; pictures follow as fast
 * as they can be decoded. At most one decode runs, and it is always followed by the newest edit:
 * those in between are skipped, so a drag never lags behind.
 */
export class LiveEditor {
  readonly #source: LiveEditorSource;
  readonly #onError: ((error: unknown) => void) | undefined;
  readonly #listeners = new Set<(frame: LiveFrame) => void>();
  readonly #lifetime = new AbortController();
  #edits: Edits = {};
  #keep: readonly string[] = [];
  /** Number of the newest edit, and of the newest one that was shown or has failed. */
  #newest = 0;
  #done = -1;
  #failure: { readonly error: unknown } | undefined;
  #frame: LiveFrame | undefined;
  /** Of the newest edit. */
  #applied: Applied | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #refining: AbortController | undefined;
  #running: Promise<void> | undefined;

  constructor(source: LiveEditorSource, options: LiveEditorOptions = {}) {
    this.#source = source;
    this.#onError = options.onError;
  }

  /** The edits as they stand. */
  get edits(): Edits {
    return this.#edits;
  }

  /** The attributes that are kept. */
  get kept(): readonly string[] {
    return this.#keep;
  }

  /** The newest picture, once there is one. */
  get frame(): LiveFrame | undefined {
    return this.#frame;
  }

  /**
   * Moves one attribute; the others stay where they are. A strength of 0 takes the edit back.
   * @throws {FaceMorphError} as `Face.edit` does, and then changes nothing.
   */
  set(name: string, edit: number | { readonly value: number }): void {
    this.#change({ ...this.#edits, [name]: edit });
  }

  /** Replaces all edits; `{}` is the face as it was. @throws as {@link LiveEditor.set} */
  setAll(edits: Edits): void {
    this.#change({ ...edits });
  }

  /** Replaces the locks. @throws as {@link LiveEditor.set} */
  keep(names: readonly string[]): void {
    this.#change(this.#edits, [...names]);
  }

  /**
   * Calls the listener with every new frame. The first subscription asks for the first frame.
   * @returns a function that ends it.
   */
  subscribe(listener: (frame: LiveFrame) => void): () => void {
    this.#assertUsable();
    this.#listeners.add(listener);
    this.#wake();
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /**
   * Resolves when the newest edit is shown.
   * @throws what kept it from being shown.
   */
  async flush(): Promise<void> {
    this.#assertUsable();
    this.#wake();
    await this.#running;
    if (this.#failure) throw this.#failure.error;
  }

  /** Stops: no more frames, and the decode under way is aborted. Safe to call twice. */
  dispose(): void {
    this.#listeners.clear();
    this.#lifetime.abort();
    this.#moveOn();
  }

  #change(edits: Edits, keep: readonly string[] = this.#keep): void {
    this.#assertUsable();
    this.#applied = this.#source.apply(edits, keep);
    this.#moveOn();
    this.#edits = edits;
    this.#keep = keep;
    this.#newest++;
    this.#failure = undefined;
    this.#wake();
  }

  #wake(): void {
    if (this.#done !== this.#newest) this.#running ??= this.#run();
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    // Edits made in the same turn (several sliders, one preset) become one frame.
    await Promise.resolve();
    while (this.#done !== this.#newest && !this.#lifetime.signal.aborted) {
      const sequence = this.#newest;
      try {
        await this.#show(sequence);
      } catch (error) {
        if (this.#lifetime.signal.aborted) break;
        if (sequence === this.#newest) this.#failure = { error };
        this.#onError?.(error);
      }
      this.#done = sequence;
    }
    this.#running = undefined;
  }

  async #show(sequence: number): Promise<void> {
    const { signal } = this.#lifetime;
    this.#applied ??= this.#source.apply(this.#edits, this.#keep);
    const applied = this.#applied;
    const pixels = await this.#source.decode(applied.latent, { signal });
    if (signal.aborted) return;
    this.#publish({ ...applied, pixels, sequence });
    if (!this.#source.refine || sequence !== this.#newest) return;
    this.#rest = setTimeout(() => void this.#refine(applied, sequence), REST);
  }

  /** Never rejects. */
  async #refine(applied: Applied, sequence: number): Promise<void> {
    const refining = new AbortController();
    this.#refining = refining;
    const { signal } = refining;
    try {
      const pixels = await this.#source.refine?.(applied.latent, { signal });
      if (pixels && !signal.aborted) this.#publish({ ...applied, pixels, sequence });
    } catch (error) {
      if (!signal.aborted) this.#onError?.(error);
    }
  }

  /** The sliders have moved on: what was to be refined is out of date. */
  #moveOn(): void {
    clearTimeout(this.#rest);
    this.#refining?.abort();
  }

  #publish(frame: LiveFrame): void {
    this.#frame = frame;
    for (const listener of this.#listeners) {
      try {
        listener(frame);
      } catch (error) {
        this.#onError?.(error);
      }
    }
  }

  #assertUsable(): void {
    if (!this.#lifetime.signal.aborted) return;
    throw new FaceMorphError('DISPOSED', 'This live editor has been disposed of', {
      hint: 'Open another with FaceMorph.editor(face).',
    });
  }
}
