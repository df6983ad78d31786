import { FaceMorphError, type FaceMorphErrorCode } from '@facemorph/core/node';

/** What a failed request is answered with. */
export interface ErrorAnswer {
  readonly status: number;
  readonly body: {
    readonly error: { readonly code: string; readonly message: string; readonly hint: string };
  };
}

/** Seconds after which a client may try again when the server is full, at least and at most. */
const RETRY = { least: 1, most: 30 };

/** `Retry-After` in seconds, by how many milliseconds a request would wait now. */
export function retryAfter(expectedWait: number): number {
  return Math.min(RETRY.most, Math.max(RETRY.least, Math.ceil(expectedWait / 1000)));
}

const STATUS: Readonly<Partial<Record<FaceMorphErrorCode, number>>> = {
  ARGUMENT_INVALID: 400,
  ATTRIBUTE_UNKNOWN: 400,
  LATENT_INVALID: 400,
  MODEL_MISMATCH: 422,
  IMAGE_INVALID: 415,
  IMAGE_UNSUPPORTED: 415,
  IMAGE_TOO_LARGE: 413,
  IMAGE_TOO_SMALL: 422,
  NO_FACE: 422,
  // Nobody reads it: the client has gone.
  ABORTED: 499,
  BUSY: 503,
  DISPOSED: 503,
  TIMEOUT: 504,
};

/** Any thrown value as an answer. What is not the client's to know is not in it. */
export function answerOf(thrown: unknown): ErrorAnswer {
  if (thrown instanceof FaceMorphError) {
    const status = STATUS[thrown.code];
    if (status !== undefined) return answer(status, thrown.code, thrown.message, thrown.hint);
    return answer(500, thrown.code, 'The server could not do it', 'Try again later.');
  }
  // Fastify's own, and those of its plugins: bad JSON, a body too large, too many requests. The
  // plugin that counts requests has no code for it.
  const { statusCode, code, message } = thrown as Partial<
    Error & { statusCode: number; code: string }
  >;
  if (statusCode === 429) {
    return answer(429, 'RATE_LIMITED', message ?? '', 'Wait for the seconds in Retry-After.');
  }
  if (statusCode !== undefined && statusCode < 500) {
    return answer(statusCode, code ?? 'REQUEST_INVALID', message ?? 'The request is invalid', '');
  }
  return answer(500, 'INTERNAL', 'The server could not do it', 'Try again later.');
}

function answer(status: number, code: string, message: string, hint: string): ErrorAnswer {
  return { status, body: { error: { code, message, hint } } };
}

/** An input that is missing or malformed. */
export function badRequest(message: string, hint = ''): FaceMorphError {
  return new FaceMorphError('ARGUMENT_INVALID', message, { hint });
}
