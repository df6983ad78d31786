import { FaceMorphError, throwIfAborted } from '../errors.js';
import { showUrl } from '../show-url.js';
import { pictureNotFound } from './image-errors.js';

/** No picture within the limit of pixels needs more: 100 megapixels of 16 bits, uncompressed. */
export const MAX_PICTURE_BYTES: number = 1 << 30;

/**
 * The bytes behind an `http(s):`, `blob:` or `data:` URL.
 * @throws `IMAGE_NOT_FOUND`, `IMAGE_TOO_LARGE` beyond `maxBytes`, `ABORTED`
 */
export async function fetchPicture(
  url: URL,
  signal: AbortSignal | undefined,
  maxBytes: number = MAX_PICTURE_BYTES,
): Promise<Blob> {
  const shown = showUrl(url);
  try {
    const response = await fetch(url, signal ? { signal } : {});
    if (response.ok) return await blobWithin(response, maxBytes, shown);
    throw pictureNotFound(
      `Fetching ${shown} gave status ${response.status}`,
      'Check the address of the picture.',
    );
  } catch (cause) {
    throwIfAborted(signal);
    if (cause instanceof FaceMorphError) throw cause;
    throw pictureNotFound(
      `Could not fetch ${shown}`,
      'Check the address, and that its server allows this origin (CORS).',
      cause,
    );
  }
}

/** The body, given up as soon as it is too long: a server may send without end. */
async function blobWithin(response: Response, maxBytes: number, shown: string): Promise<Blob> {
  const { body, headers } = response;
  const tooLarge = (): FaceMorphError =>
    new FaceMorphError('IMAGE_TOO_LARGE', `${shown} is larger than ${maxBytes} bytes`, {
      hint: 'Give the address of a picture file.',
      details: { maxBytes },
    });
  if (Number(headers.get('content-length')) > maxBytes) {
    void body?.cancel();
    throw tooLarge();
  }
  if (!body) return response.blob();
  let received = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      received += chunk.length;
      if (received > maxBytes) controller.error(tooLarge());
      else controller.enqueue(chunk);
    },
  });
  return new Response(body.pipeThrough(counter), { headers }).blob();
}
