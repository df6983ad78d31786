/** An error as a person reads it. */
export interface DescribedError {
  readonly message: string;
  /** What to do about it; may be empty. */
  readonly hint: string;
  /** A `FaceMorphErrorCode`, or `UNEXPECTED`. */
  readonly code: string;
}

/** Message, hint and code of anything that was thrown. */
export function describeError(error: unknown): DescribedError {
  const { code, hint, message } = (error ?? {}) as Partial<DescribedError>;
  return {
    message: typeof message === 'string' ? message : String(error),
    hint: typeof hint === 'string' ? hint : '',
    code: typeof code === 'string' ? code : 'UNEXPECTED',
  };
}
