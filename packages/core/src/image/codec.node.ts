/** Pictures in Node, by sharp, which is an optional peer: raw `Pixels` work without it. */
import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Metadata, Sharp } from 'sharp';
import { FaceMorphError, throwIfAborted } from '../errors.js';
import type { EncodeImageOptions } from '../platform/platform.js';
import type { TaskOptions } from '../progress.js';
import { messageOf } from '../runtime/runtime-errors.js';
import { showUrl } from '../show-url.js';
import { describeAvif } from './avif.node.js';
import { embedExtras } from './embed.js';
import { keepExif } from './exif.js';
import { fetchPicture, MAX_PICTURE_BYTES } from './fetch-picture.js';
import { emptyPicture, notAPicture, pictureNotFound, undecodable } from './image-errors.js';
import { inOwnColours, type SharpFactory } from './own-colours.node.js';
import { fileBytesOf, plainPixels, withFile } from './picture-file.js';
import { assertPixelCount, assertPixels, isPixels, type Pixels } from './pixels.js';
import { isRasterFile } from './signature.js';
import { xmpPacket } from './xmp.js';

/**
 * Larger JPEGs are written in one pass: the search for the best codes makes a file 5 % smaller, but takes
 * twice the time and holds the whole picture once more (70 MB for 12 megapixels).
 */
const OPTIMISED_PIXELS = 4_000_000;

/** Options of {@link decodeImage}. */
export interface DecodeOptions extends TaskOptions {
  /** @defaultValue 100 megapixels */
  readonly maxPixels?: number | undefined;
}

/** Raster formats of photos, as sharp names them. */
const FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif', 'heif', 'tiff']);

/**
 * A picture from a path, URL, bytes, `Blob` or {@link Pixels}: oriented by its EXIF, in sRGB.
 * CMYK, greyscale, palette and 16-bit pictures are converted; of an animation the first frame is taken.
 * @throws {FaceMorphError} `IMAGE_NOT_FOUND`, `IMAGE_INVALID`, `IMAGE_TOO_LARGE` (told from the
 * header, before decoding), `DEPENDENCY_MISSING` without sharp, `ARGUMENT_INVALID`, `ABORTED`
 */
export async function decodeImage(
  input: unknown,
  { signal, maxPixels }: DecodeOptions = {},
): Promise<Pixels> {
  throwIfAborted(signal);
  if (isPixels(input)) {
    assertPixels(input);
    assertPixelCount(input.width, input.height, maxPixels);
    return plainPixels(input);
  }
  const { bytes, name } = await readBytes(input, signal);
  if (bytes.length === 0) throw emptyPicture(name);
  if (!isRasterFile(bytes)) throw undecodable(name);
  const sharp = await importSharp();
  throwIfAborted(signal);
  try {
    // The own limit below has the better message; sharp's is off.
    const image = sharp(bytes, { limitInputPixels: false, failOn: 'error' });
    assertDecodable(await image.metadata(), name, maxPixels);
    throwIfAborted(signal);
    const { data, info } = await image
      .autoOrient()
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    throwIfAborted(signal);
    const pixels = {
      width: info.width,
      height: info.height,
      data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength),
    };
    return withFile(pixels, bytes);
  } catch (error) {
    if (error instanceof FaceMorphError) throw error;
    throw undecodable(name, error);
  }
}

/** @param picture - Checked by the caller. */
export async function encodeImage(
  picture: Pixels,
  { type = 'image/png', quality = 0.92, colorProfile, metadata, provenance }: EncodeImageOptions,
): Promise<Uint8Array> {
  const sharp = await importSharp();
  const file = await fileBytesOf(picture);
  try {
    const keepsColours = colorProfile === 'keep' && type !== 'image/avif';
    const own = file && keepsColours && (await inOwnColours(sharp, picture, file));
    const { width, height, data } = own ? own.pixels : picture;
    const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const image = sharp(raw, { raw: { width, height, channels: 4 }, limitInputPixels: false });
    const percent = Math.max(1, Math.round(quality * 100));
    const encoder = encoderOf(image, type, percent, width * height <= OPTIMISED_PIXELS);
    const bytes = new Uint8Array(await encoder.toBuffer());
    const exif = file && metadata === 'keep' ? await exifOf(sharp, file) : undefined;
    if (type === 'image/avif') {
      return describeAvif(bytes, { exif, xmp: provenance ? xmpPacket(provenance) : undefined });
    }
    return await embedExtras(bytes, type, { exif, profile: own ? own.profile : undefined });
  } catch (cause) {
    throw new FaceMorphError(
      'IMAGE_UNSUPPORTED',
      `The picture cannot be written as ${type}: ${messageOf(cause)}`,
      { hint: 'PNG takes pictures of every size.', cause },
    );
  }
}

async function exifOf(sharp: SharpFactory, file: Uint8Array): Promise<Uint8Array | undefined> {
  const { exif } = await sharp(file, { limitInputPixels: false }).metadata();
  return exif && keepExif(exif);
}

function encoderOf(image: Sharp, type: string, quality: number, optimiseCoding: boolean): Sharp {
  switch (type) {
    case 'image/jpeg':
      return image.flatten({ background: '#fff' }).jpeg({ quality, optimiseCoding });
    case 'image/webp':
      return image.webp({ quality });
    case 'image/avif':
      return image.avif({ quality });
    default:
      return image.png();
  }
}

function assertDecodable(
  { format, width, height }: Metadata,
  name: string,
  maxPixels: number | undefined,
): void {
  if (!FORMATS.has(String(format)) || !width || !height) throw undecodable(name);
  assertPixelCount(width, height, maxPixels);
}

/** The bytes, and what to call them in an error. */
async function readBytes(
  input: unknown,
  signal: AbortSignal | undefined,
): Promise<{ bytes: Uint8Array; name: string }> {
  if (input instanceof Uint8Array) return { bytes: input, name: 'The data' };
  if (input instanceof ArrayBuffer) return { bytes: new Uint8Array(input), name: 'The data' };
  if (input instanceof Blob) return { bytes: await bytesOf(input), name: 'The Blob' };
  if (input instanceof URL) return readUrl(input, signal);
  if (typeof input === 'string' && input !== '') {
    return /^(https?|data|file|blob):/i.test(input) && URL.canParse(input)
      ? readUrl(new URL(input), signal)
      : readPath(input, signal);
  }
  throw notAPicture('a path, URL, Buffer, Blob or { width, height, data }', input);
}

async function readUrl(
  url: URL,
  signal: AbortSignal | undefined,
): Promise<{ bytes: Uint8Array; name: string }> {
  if (url.protocol === 'file:') return readPath(url, signal);
  const name = url.protocol === 'data:' ? 'The data: URL' : `"${showUrl(url)}"`;
  return { bytes: await bytesOf(await fetchPicture(url, signal)), name };
}

async function readPath(
  location: string | URL,
  signal: AbortSignal | undefined,
): Promise<{ bytes: Uint8Array; name: string }> {
  let path = String(location);
  try {
    if (location instanceof URL) path = fileURLToPath(location);
    const file = await stat(path);
    if (file.isCharacterDevice() || file.isBlockDevice()) throw new Error('it is a device');
    if (file.size > MAX_PICTURE_BYTES)
      throw new Error(`it is larger than ${MAX_PICTURE_BYTES >> 20} MB`);
    return { bytes: await readFile(path, signal ? { signal } : {}), name: `"${path}"` };
  } catch (cause) {
    throwIfAborted(signal);
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw pictureNotFound(`There is no file "${path}"`, 'Check the path.', cause);
    }
    if (code === 'EISDIR') {
      throw pictureNotFound(`"${path}" is a folder`, 'Give the path of a picture.', cause);
    }
    throw pictureNotFound(
      `"${path}" cannot be read: ${messageOf(cause)}`,
      'Check what it is, and its permissions.',
      cause,
    );
  }
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

async function importSharp(): Promise<SharpFactory> {
  try {
    // May be absent, and is never to be bundled.
    const { default: sharp } = await import(
      /* webpackIgnore: true */ /* turbopackIgnore: true */ 'sharp'
    );
    return sharp;
  } catch (cause) {
    throw new FaceMorphError(
      'DEPENDENCY_MISSING',
      'Reading and writing picture files in Node needs sharp',
      { hint: 'npm i sharp — or pass raw pixels: { width, height, data }.', cause },
    );
  }
}
