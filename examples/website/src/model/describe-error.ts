import { FaceMorphError } from '@facemorph/core';

/** An error as a person reads it. */
export interface DescribedError {
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  readonly code: string;
}

/** Message, hint and code of anything that was thrown. */
export function describeError(error: unknown): DescribedError {
  if (error instanceof FaceMorphError) {
    return { message: error.message, hint: error.hint, code: error.code };
  }
  return {
    message: error instanceof Error ? error.message : String(error),
    hint: 'Reload the page. If it happens again, please report it.',
    code: 'UNEXPECTED',
  };
}

/** Whether the work was only called off. */
export function isAbort(error: unknown): boolean {
  return error instanceof FaceMorphError && error.code === 'ABORTED';
}
