import { FaceMorphError, invalidArgument } from '../errors.js';

/** The one picture type: RGBA, row-major, 8 bits a channel, sRGB, straight alpha. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** `width * height * 4` bytes. */
  readonly data: Uint8ClampedArray;
}

/** The largest picture that is read, in pixels (a 100-megapixel photo). */
export const MAX_PIXELS = 100_000_000;

/** A transparent black picture. @throws {FaceMorphError} `ARGUMENT_INVALID`, `IMAGE_TOO_LARGE` */
export function createPixels(width: number, height: number): Pixels {
  assertSize(width, height);
  return blankPixels(width, height);
}

/** {@link createPixels} for a size that is known to be good. */
export function blankPixels(width: number, height: number): Pixels {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}

/** Whether a value has the shape of {@link Pixels} (an `ImageData` has it). */
export function isPixels(value: unknown): value is Pixels {
  if (typeof value !== 'object' || value === null) return false;
  const { width, height, data } = value as Partial<Pixels>;
  return (
    typeof width === 'number' &&
    typeof height === 'number' &&
    (data instanceof Uint8ClampedArray || (data as unknown) instanceof Uint8Array)
  );
}

/**
 * Checks size and length.
 * @throws {FaceMorphError} `ARGUMENT_INVALID` when the data does not fit the size,
 * `IMAGE_TOO_LARGE` beyond {@link MAX_PIXELS}.
 */
export function assertPixels(value: Pixels, name = 'pixels'): void {
  if (!isPixels(value)) throw invalidArgument('a picture { width, height, data }', name, value);
  const { width, height, data } = value;
  assertSize(width, height, name);
  if (data.length !== width * height * 4) {
    throw invalidArgument(
      `${width * height * 4} bytes of RGBA (${width}x${height})`,
      `${name}.data`,
      data.length,
    );
  }
}

/** Checks a size alone. @throws as {@link assertPixels} */
export function assertSize(width: number, height: number, name = 'size'): void {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw invalidArgument('a size of at least 1x1 whole pixels', name, `${width}x${height}`);
  }
  assertPixelCount(width, height);
}

/** @throws {FaceMorphError} `IMAGE_TOO_LARGE` beyond `limit` pixels. */
export function assertPixelCount(width: number, height: number, limit: number = MAX_PIXELS): void {
  if (width * height <= limit) return;
  throw new FaceMorphError(
    'IMAGE_TOO_LARGE',
    `The picture is ${width}x${height}, more than ${Math.floor(limit / 1e6)} megapixels`,
    { hint: 'Scale the picture down first.', details: { width, height, limit } },
  );
}
