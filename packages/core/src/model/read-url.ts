import { FaceMorphError, throwIfAborted } from '../errors.js';
import type { ReadOptions } from '../platform/platform.js';
import { showUrl } from '../show-url.js';

/**
 * The body of an `http(s):`, `blob:` or `data:` URL.
 * @throws {FaceMorphError} `MODEL_NOT_FOUND` for 404 and 410, `NETWORK`, `ABORTED`
 */
export async function readUrl(
  url: URL,
  { signal, fetch = globalThis.fetch }: ReadOptions,
): Promise<ReadableStream<Uint8Array>> {
  throwIfAborted(signal);
  const shown = showUrl(url);
  const details = { url: shown };
  let response: Response;
  try {
    response = await fetch(url, signal ? { signal } : {});
  } catch (cause) {
    throwIfAborted(signal);
    throw new FaceMorphError('NETWORK', `Could not fetch ${shown}`, {
      hint: 'Check the connection, the address, and that the server allows this origin (CORS).',
      details,
      cause,
    });
  }
  if (response.ok && response.body) return response.body;
  response.body?.cancel().catch(() => {});
  const { status } = response;
  if (status === 404 || status === 410) {
    throw new FaceMorphError('MODEL_NOT_FOUND', `There is no ${shown} (status ${status})`, {
      hint: 'Check the address of the model.',
      details: { ...details, status },
    });
  }
  throw new FaceMorphError('NETWORK', `Fetching ${shown} gave status ${status}`, {
    hint: status >= 500 ? 'Try again later.' : 'Check the address and the permissions.',
    details: { ...details, status },
  });
}
