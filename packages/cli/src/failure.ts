import { stripVTControlCharacters } from 'node:util';
import { FaceMorphError } from '@facemorph/core';

/** The command line itself is wrong: exit code 2. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
  readonly hint: string;

  constructor(message: string, hint = '') {
    super(message);
    this.hint = hint;
  }
}

/** What is told about a failure, on a line and in JSON. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** 1 for the input, 2 for the command line, 130 for Ctrl+C. */
  readonly exitCode: number;
}

/** Codes that say that a word of the command line is wrong, not a file. */
const USAGE_CODES: ReadonlySet<string> = new Set(['ARGUMENT_INVALID', 'ATTRIBUTE_UNKNOWN']);

/** Any thrown value as a failure. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof UsageError) {
    return { code: 'USAGE', message: error.message, hint: error.hint, exitCode: 2 };
  }
  if (error instanceof FaceMorphError) {
    const { code, message, hint } = error;
    if (code === 'ABORTED') return { code, message: 'Stopped', hint: '', exitCode: 130 };
    const unlike = code === 'ATTRIBUTE_UNKNOWN' && error.details.suggestion === null;
    return {
      code,
      message,
      hint: unlike ? 'See "facemorph attributes list".' : hint,
      exitCode: USAGE_CODES.has(code) ? 2 : 1,
    };
  }
  return {
    code: 'UNEXPECTED',
    message: error instanceof Error ? error.message : String(error),
    hint: 'This should not happen: run it again with --debug and report what it prints.',
    exitCode: 1,
  };
}

/** `facemorph: message. hint`, on one line whatever the message holds. */
export function failureLine({ message, hint }: Failure): string {
  const sentences = [message.replace(/\.\s*$/, ''), hint].filter(Boolean).join('. ');
  return `facemorph: ${stripVTControlCharacters(sentences).replace(/\s+/g, ' ').trim()}`;
}
