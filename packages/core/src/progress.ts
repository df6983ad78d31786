/** The part of the work that a {@link Progress} event reports. */
export type ProgressPhase =
  | 'download'
  | 'verify'
  | 'compile'
  | 'locate'
  | 'encode'
  | 'decode'
  | 'paste';

/**
 * One step of a long call. `loaded` never exceeds `total`; the unit is bytes for
 * `download` and `verify`, and pieces of work (files, faces, frames) otherwise.
 */
export interface Progress {
  readonly phase: ProgressPhase;
  readonly loaded: number;
  readonly total: number;
  /** The file or item at hand, for display. */
  readonly item?: string;
}

/** Options that every call takes which can last longer than a frame. */
export interface TaskOptions {
  /** Stops the work; the call then rejects with code `ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}
