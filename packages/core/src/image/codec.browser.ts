/** Pictures in the browser, by its own decoders and a canvas. Works in Workers too. */
import { FaceMorphError, throwIfAborted } from '../errors.js';
import { pageUrl } from '../page-url.js';
import { part } from '../part.js';
import type { CommonImageType, EncodeImageOptions } from '../platform/platform.js';
import type { TaskOptions } from '../progress.js';
import { showUrl } from '../show-url.js';
import { runInSlices } from '../slices.js';
import { paintCanvas } from './codec.canvas.js';
import { type Drawable, readBack } from './drawable.js';
import { encodeCanvas } from './encode-canvas.js';
import { fetchPicture } from './fetch-picture.js';
import { notAPicture, undecodable } from './image-errors.js';
import { fileBytesOf, plainPixels, withFile } from './picture-file.js';
import { assertPixelCount, assertPixels, isPixels, type Pixels } from './pixels.js';
import { inspectBlob, readBlob } from './read-blob.js';
import { belongsInWorker, decodeInWorker, encodeInWorker } from './worker/client.js';

/**
 * A picture from a `File`, `Blob`, URL, bytes, `ImageData`, `ImageBitmap`, canvas, `<img>`, `<video>` (the
 * frame at hand), `VideoFrame` or {@link Pixels}: oriented by its EXIF, in sRGB.
 * @throws {FaceMorphError} `IMAGE_NOT_FOUND`, `IMAGE_INVALID`, `IMAGE_TOO_LARGE` (told from the
 * header where it can be), `ARGUMENT_INVALID`, `ABORTED`
 */
export async function decodeImage(input: unknown, { signal }: TaskOptions = {}): Promise<Pixels> {
  throwIfAborted(signal);
  if (isPixels(input) && !isWideGamut(input)) {
    assertPixels(input);
    return plainPixels(input);
  }
  const blob = await blobOf(input, signal);
  if (!blob) {
    const drawable = await drawableOf(input);
    throwIfAborted(signal);
    assertPixelCount(drawable.width, drawable.height);
    return runInSlices(readBack(drawable), signal);
  }
  const size = await inspectBlob(blob);
  const pixels = belongsInWorker(size) ? await decodeInWorker(blob, signal) : undefined;
  return withFile(pixels ?? (await readBlob(blob, { signal })), blob);
}

/** @param pixels - Checked by the caller. */
export async function encodeImage(
  pixels: Pixels,
  { type = 'image/png', quality = 0.92, colorProfile, metadata }: EncodeImageOptions,
): Promise<Uint8Array> {
  if (colorProfile === 'keep') {
    throw new FaceMorphError('IMAGE_UNSUPPORTED', 'Only Node keeps the colour profile of a photo', {
      hint: 'Leave out colorProfile: a browser gives photos in sRGB.',
    });
  }
  const format = { type, quality };
  const bytes = belongsInWorker(pixels) ? await encodeInWorker(pixels, format) : undefined;
  const plain = bytes ?? (await encodeCanvas(await runInSlices(paintCanvas(pixels)), format));
  const file = metadata === 'keep' ? await fileBytesOf(pixels) : undefined;
  if (!file) return plain;
  const { keepExifOf } = await part(import('./keep-exif.js'));
  // It has been written: it is no AVIF.
  return keepExifOf(file, plain, type as CommonImageType);
}

/** Encoded pictures as a Blob, `undefined` for what is decoded already. */
async function blobOf(input: unknown, signal: AbortSignal | undefined): Promise<Blob | undefined> {
  if (input instanceof Blob) return input;
  if (input instanceof ArrayBuffer || input instanceof Uint8Array) {
    return new Blob([input as Uint8Array<ArrayBuffer>]);
  }
  if (input instanceof URL) return fetchPicture(input, signal);
  if (typeof input !== 'string' || input === '') return undefined;
  return fetchPicture(pageUrl(input, 'the picture'), signal);
}

async function drawableOf(input: unknown): Promise<Drawable> {
  if (is(input, 'ImageBitmap') || is(input, 'HTMLCanvasElement') || is(input, 'OffscreenCanvas')) {
    return { source: input, width: input.width, height: input.height };
  }
  if (is(input, 'VideoFrame')) {
    return { source: input, width: input.displayWidth, height: input.displayHeight };
  }
  if (is(input, 'ImageData')) {
    const source = await createImageBitmap(input);
    return { source, width: source.width, height: source.height };
  }
  if (is(input, 'HTMLVideoElement')) {
    const { videoWidth: width, videoHeight: height, readyState } = input;
    if (readyState >= 2 && width > 0) {
      // It plays on while the frame is read.
      return { source: await createImageBitmap(input), width, height };
    }
    throw new FaceMorphError('IMAGE_INVALID', 'The video has no frame to show yet', {
      hint: 'Wait for its "loadeddata" event.',
    });
  }
  if (is(input, 'HTMLImageElement')) {
    try {
      await input.decode();
    } catch (cause) {
      throw undecodable(nameOfImage(input), cause);
    }
    return { source: input, width: input.naturalWidth, height: input.naturalHeight };
  }
  throw notAPicture('a File, Blob, URL, ImageData, ImageBitmap, canvas, <img> or <video>', input);
}

function nameOfImage({ currentSrc, src }: HTMLImageElement): string {
  const address = currentSrc || src;
  return URL.canParse(address) ? `The <img> of ${showUrl(new URL(address))}` : 'The <img>';
}

/** Whether a value is an instance of a class of this browser, which may lack the class. */
function is<K extends keyof Classes>(value: unknown, name: K): value is Classes[K] {
  const type = (globalThis as Record<string, unknown>)[name];
  return typeof type === 'function' && value instanceof type;
}

interface Classes {
  ImageBitmap: ImageBitmap;
  HTMLCanvasElement: HTMLCanvasElement;
  OffscreenCanvas: OffscreenCanvas;
  VideoFrame: VideoFrame;
  ImageData: ImageData;
  HTMLVideoElement: HTMLVideoElement;
  HTMLImageElement: HTMLImageElement;
}

/** An ImageData whose numbers are not sRGB. */
function isWideGamut(input: Pixels): boolean {
  const { colorSpace } = input as { colorSpace?: string };
  return colorSpace !== undefined && colorSpace !== 'srgb';
}
