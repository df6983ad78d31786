import { abortError } from '../errors.js';

/**
 * Runs jobs side by side. The first failure stops the others, and is what the caller gets.
 * @param start - Begins them; each must heed the signal, which fires with the caller's too.
 */
export async function together<T extends readonly unknown[]>(
  signal: AbortSignal | undefined,
  start: (signal: AbortSignal) => { readonly [K in keyof T]: Promise<T[K]> },
): Promise<{ -readonly [K in keyof T]: T[K] }> {
  const controller = new AbortController();
  const stop = (): void => controller.abort(signal?.reason);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return (await Promise.all(start(controller.signal))) as { -readonly [K in keyof T]: T[K] };
  } catch (error) {
    controller.abort();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/**
 * Gives the result of `work`, or rejects with `ABORTED` as soon as the signal fires.
 * The work itself is not stopped; its late result or failure is dropped.
 */
export function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(abortError(signal));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
