import { FaceMorphError, throwIfAborted } from '../errors.js';
import { pictureNotFound } from './image-errors.js';

/** The bytes behind an `http(s):`, `blob:` or `data:` URL. @throws `IMAGE_NOT_FOUND`, `ABORTED` */
export async function fetchPicture(url: URL, signal: AbortSignal | undefined): Promise<Blob> {
  const shown = url.protocol === 'data:' ? 'the data: URL' : url.href;
  try {
    const response = await fetch(url, signal ? { signal } : {});
    if (response.ok) return await response.blob();
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
