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

/**
 * Whether a wrong argument is so for one input, which {@link FaceMorphError.details} names: the command
 * line may be right for the next.
 */
export function isOfInput({ code, details }: FaceMorphError): boolean {
  return code === 'ARGUMENT_INVALID' && details.input !== undefined;
}

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
      exitCode: USAGE_CODES.has(code) && !isOfInput(error) ? 2 : 1,
    };
  }
  const blocked = describeListening(error);
  if (blocked) return blocked;
  return {
    code: 'UNEXPECTED',
    message: error instanceof Error ? error.message : String(error),
    hint: 'This should not happen: run it again with --debug and report what it prints.',
    exitCode: 1,
  };
}

/** Why a server cannot listen: its port or its address. */
function describeListening(error: unknown): Failure | undefined {
  const { syscall, code = '', ...where } = (error ?? {}) as ListenError;
  if (syscall === 'listen' && /^(EADDRINUSE|EACCES)$/.test(code)) {
    const message = `Port ${where.port} ${code === 'EACCES' ? 'may not be used' : 'is in use'}`;
    return { code, message, hint: 'Choose another with --port.', exitCode: 1 };
  }
  if (syscall !== 'getaddrinfo' && (syscall !== 'listen' || code !== 'EADDRNOTAVAIL')) return;
  const message = `"${where.hostname ?? where.address}" is no address of this machine`;
  return { code, message, hint: 'Choose another with --host.', exitCode: 1 };
}

type ListenError = Partial<
  Record<'syscall' | 'code' | 'hostname' | 'address', string> & { readonly port: number }
>;

/** `facemorph: message. hint`, on one line whatever the message holds. */
export function failureLine({ message, hint }: Failure): string {
  const sentences = [message.replace(/\.\s*$/, ''), hint].filter(Boolean).join('. ');
  return `facemorph: ${stripVTControlCharacters(sentences).replace(/\s+/g, ' ').trim()}`;
}
