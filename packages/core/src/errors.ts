/**
 * Every reason for which FaceMorph refuses or fails, as a stable code.
 * The message of an error says what happened, its hint what to do about it.
 */
export type FaceMorphErrorCode =
  /** A call was made with an argument of the wrong type, range or shape. */
  | 'ARGUMENT_INVALID'
  /** The caller's `AbortSignal` fired. */
  | 'ABORTED'
  /** The object was used after `dispose()`. */
  | 'DISPOSED'
  /** An edit or lock names an attribute that the model does not have. */
  | 'ATTRIBUTE_UNKNOWN'
  /** An attribute file is malformed; the message names the field. */
  | 'ATTRIBUTES_INVALID'
  /** An attribute file, latent or recipe belongs to another model. */
  | 'MODEL_MISMATCH'
  /** A latent file is malformed; the message names the field. */
  | 'LATENT_INVALID'
  /** Faces or numbers from which nothing can be learned: too few, the same on both sides, not finite. */
  | 'EXAMPLES_INVALID'
  /** A recipe is malformed, damaged or of a newer version; the message names the field. */
  | 'RECIPE_INVALID'
  /** The model's manifest is malformed or of an unknown version. */
  | 'MANIFEST_INVALID'
  /** A model file could not be found. */
  | 'MODEL_NOT_FOUND'
  /** A model file has the wrong length or hash, or is not a model at all. */
  | 'MODEL_INTEGRITY'
  /** A model file could not be fetched or read. */
  | 'NETWORK'
  /** No inference runtime could be started here. */
  | 'BACKEND_UNAVAILABLE'
  /** The runtime refused the model or failed while it ran. */
  | 'INFERENCE_FAILED'
  /** The picture's file or URL could not be found or read. */
  | 'IMAGE_NOT_FOUND'
  /** The bytes are not a picture that can be decoded. */
  | 'IMAGE_INVALID'
  /** The picture has more pixels than the limit. */
  | 'IMAGE_TOO_LARGE'
  /** The picture has fewer pixels than are needed. */
  | 'IMAGE_TOO_SMALL'
  /** The picture could not be encoded in the format asked for. */
  | 'IMAGE_UNSUPPORTED'
  /** No face was found, there is none of that number, or none can be searched for. */
  | 'NO_FACE'
  /** An optional package is needed for this and is not installed. */
  | 'DEPENDENCY_MISSING'
  /** A file could not be given its Content Credentials. */
  | 'SIGNING_FAILED'
  /** A result could not be written. */
  | 'WRITE_FAILED'
  /** A pool has as many jobs waiting as it may have. */
  | 'BUSY'
  /** A job ran longer than it was given. */
  | 'TIMEOUT'
  /** A Worker or worker thread ended while it did a job, and so did the one that tried again. */
  | 'WORKER_LOST';

/** What crosses a Worker or process boundary in place of a {@link FaceMorphError}. */
export interface SerializedError {
  readonly code: FaceMorphErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Options of {@link FaceMorphError}. */
export interface FaceMorphErrorOptions {
  /** What the caller can do about it. */
  readonly hint?: string;
  /** Facts for programs: names, sizes, limits. Plain JSON values only. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** The only error class that FaceMorph throws on purpose. */
export class FaceMorphError extends Error {
  override readonly name: string = 'FaceMorphError';
  readonly code: FaceMorphErrorCode;
  readonly hint: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: FaceMorphErrorCode, message: string, options: FaceMorphErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint ?? '';
    this.details = options.details ?? {};
  }

  /** A structured-clonable form; {@link FaceMorphError.from} restores it. */
  toJSON(): SerializedError {
    return { code: this.code, message: this.message, hint: this.hint, details: this.details };
  }

  /** Restores an error from {@link FaceMorphError.toJSON}. */
  static from(error: SerializedError): FaceMorphError {
    return new FaceMorphError(error.code, error.message, {
      hint: error.hint,
      details: error.details,
    });
  }
}

/** The one wording of a bad argument: what was expected, for what, and what came instead. */
export function invalidArgument(
  expected: string,
  name: string,
  actual: unknown,
  hint = '',
): FaceMorphError {
  const shown = describeValue(actual);
  return new FaceMorphError(
    'ARGUMENT_INVALID',
    `Expected ${expected} for ${name} but received ${shown}`,
    {
      hint,
      details: { name },
    },
  );
}

/** A value as it is shown in the message of an error: short, on one line. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') {
    return value.length > 60 ? `"${value.slice(0, 57)}..."` : `"${value}"`;
  }
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
    return String(value);
  }
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'function') return 'a function';
  return `an instance of ${(value as object).constructor?.name ?? 'Object'}`;
}

/** @throws {FaceMorphError} `ARGUMENT_INVALID` for a value that is none of the choices */
export function assertOneOf(choices: readonly unknown[], name: string, value: unknown): void {
  if (choices.includes(value)) return;
  throw invalidArgument(`one of ${choices.join(', ')}`, name, value);
}

/** @throws {FaceMorphError} `ARGUMENT_INVALID` for what is no whole number from `least` to `most` */
export function assertWhole(value: number, least: number, most: number, name: string): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw invalidArgument(`a whole number from ${least} to ${most}`, name, value);
}

/** The error of an aborted call, with the signal's reason as cause. */
export function abortError(signal: AbortSignal): FaceMorphError {
  return new FaceMorphError('ABORTED', 'The operation was aborted', { cause: signal.reason });
}

/** @throws {FaceMorphError} `ABORTED` when the signal has fired */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortError(signal);
}
