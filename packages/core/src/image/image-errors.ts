import { FaceMorphError, invalidArgument } from '../errors.js';

/** Bytes that no decoder takes. */
export function undecodable(what: string, cause?: unknown): FaceMorphError {
  return new FaceMorphError('IMAGE_INVALID', `${what} is not a picture that can be decoded`, {
    hint: 'Use a JPEG, PNG, WebP, AVIF, GIF or TIFF file that opens in other programs.',
    cause,
  });
}

/** A picture of no bytes. */
export function emptyPicture(what: string): FaceMorphError {
  return new FaceMorphError('IMAGE_INVALID', `${what} is empty (0 bytes)`, {
    hint: 'The file was not written or transferred completely.',
  });
}

/** A picture whose address leads nowhere. */
export function pictureNotFound(message: string, hint: string, cause?: unknown): FaceMorphError {
  return new FaceMorphError('IMAGE_NOT_FOUND', message, { hint, cause });
}

/** Something that is not a picture at all. */
export function notAPicture(expected: string, actual: unknown): FaceMorphError {
  return invalidArgument(expected, 'the picture', actual);
}
