import { FaceMorphError } from '../errors.js';

/** The error of an aborted call, with the signal's reason as cause. */
export function abortError(signal: AbortSignal): FaceMorphError {
  return new FaceMorphError('ABORTED', 'The operation was aborted', { cause: signal.reason });
}

/**
 * Gives the result of `work`, or rejects with `ABORTED` as soon as the signal fires.
 * The work itself is not stopped; its late result or failure is dropped.
 */
export function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(abortError(signal));
    const release = (): void => signal.removeEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(release);
  });
}
