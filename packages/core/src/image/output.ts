import { platform } from '#platform';
import { assertOneOf, FaceMorphError, invalidArgument } from '../errors.js';
import { part } from '../part.js';
import type { EncodeImageOptions, ImageType } from '../platform/platform.js';
import { assertPixels, type Pixels } from './pixels.js';

const TYPES: readonly string[] = [
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/avif',
] satisfies ImageType[];

/**
 * A picture as the bytes of a file.
 * @throws {FaceMorphError} `ARGUMENT_INVALID`; `IMAGE_UNSUPPORTED` or `DEPENDENCY_MISSING` when the
 * format cannot be written here.
 */
export async function encodeImage(
  pixels: Pixels,
  options: EncodeImageOptions = {},
): Promise<Uint8Array> {
  assertPixels(pixels);
  const { type = 'image/png', quality = 0.92, provenance = false } = options;
  const { colorProfile = 'srgb', metadata = 'strip' } = options;
  assertOneOf(TYPES, 'type', type);
  if (!(quality >= 0 && quality <= 1)) throw invalidArgument('0 to 1', 'quality', quality);
  assertOneOf(['edited', 'generated', false], 'provenance', provenance);
  assertOneOf(['srgb', 'keep'], 'colorProfile', colorProfile);
  assertOneOf(['strip', 'keep'], 'metadata', metadata);
  const settings = { type, quality, colorProfile, metadata, provenance };
  const bytes = await platform.encodeImage(pixels, settings);
  // Only Node writes AVIF, and marks it itself: browsers need not know how.
  if (provenance === false || type === 'image/avif') return bytes;
  const { markProvenance } = await part(import('./xmp.js'));
  return markProvenance(bytes, type, provenance);
}

/** A picture as a `Blob` of its type. @throws as {@link encodeImage} */
export async function toBlob(pixels: Pixels, options: EncodeImageOptions = {}): Promise<Blob> {
  const bytes = await encodeImage(pixels, options);
  return new Blob([new Uint8Array(bytes)], { type: options.type ?? 'image/png' });
}

/**
 * Writes a picture to a file; the format follows the extension unless `type` is given. Node only.
 * @throws {FaceMorphError} `IMAGE_UNSUPPORTED` for another extension, `WRITE_FAILED`, and as
 * {@link encodeImage}.
 */
export async function saveImage(
  path: string,
  pixels: Pixels,
  options: EncodeImageOptions = {},
): Promise<void> {
  const type = options.type ?? imageTypeOf(path);
  await platform.writeFile(path, await encodeImage(pixels, { ...options, type }));
}

/** The format that a file name asks for. @throws {FaceMorphError} `IMAGE_UNSUPPORTED` */
export function imageTypeOf(path: string): ImageType {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const type = `image/${extension === 'jpg' ? 'jpeg' : extension}`;
  if (TYPES.includes(type)) return type as ImageType;
  throw new FaceMorphError('IMAGE_UNSUPPORTED', `Cannot tell the picture format of "${path}"`, {
    hint: 'Use a name that ends in .png, .jpg, .webp or .avif.',
    details: { path },
  });
}
