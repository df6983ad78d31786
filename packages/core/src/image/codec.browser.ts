/** Pictures in the browser, by its own decoders and a canvas. Works in Workers too. */
import { FaceMorphError, throwIfAborted } from '../errors.js';
import type { EncodeImageOptions } from '../platform/platform.js';
import type { TaskOptions } from '../progress.js';
import { runInSlices, type Steps } from '../slices.js';
import { paintCanvas, STRIP } from './codec.canvas.js';
import { fetchPicture } from './fetch-picture.js';
import { HEADER_BYTES, readHeaderSize } from './header-size.js';
import { emptyPicture, notAPicture, pictureNotFound, undecodable } from './image-errors.js';
import { assertPixelCount, assertPixels, createPixels, isPixels, type Pixels } from './pixels.js';

/** What a canvas draws, with its size in px. */
interface Drawable {
  readonly source: CanvasImageSource;
  readonly width: number;
  readonly height: number;
}

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
    return { width: input.width, height: input.height, data: input.data };
  }
  const blob = await blobOf(input, signal);
  const bitmap = blob && (await decodeBlob(blob));
  try {
    throwIfAborted(signal);
    const drawable = bitmap
      ? { source: bitmap, width: bitmap.width, height: bitmap.height }
      : await drawableOf(input);
    assertPixelCount(drawable.width, drawable.height);
    return await runInSlices(readBack(drawable), signal);
  } finally {
    bitmap?.close();
  }
}

/** @param pixels - Checked by the caller. */
export async function encodeImage(
  pixels: Pixels,
  { type = 'image/png', quality = 0.92, colorProfile, metadata }: EncodeImageOptions,
): Promise<Uint8Array> {
  if (colorProfile === 'keep' || metadata === 'keep') {
    throw new FaceMorphError('IMAGE_UNSUPPORTED', 'Only Node keeps colour profile and metadata', {
      hint: 'Leave out colorProfile and metadata: pictures of the browser are in sRGB, without Exif.',
    });
  }
  const canvas = await runInSlices(paintCanvas(pixels));
  if (type === 'image/jpeg') {
    // JPEG has no alpha; a canvas would put it on black.
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.globalCompositeOperation = 'destination-over';
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  const blob = await canvas.convertToBlob({ type, quality });
  if (blob.type === type) return new Uint8Array(await blob.arrayBuffer());
  throw new FaceMorphError('IMAGE_UNSUPPORTED', `This browser cannot write ${type}`, {
    hint: 'Use image/png or image/jpeg.',
  });
}

/** Encoded pictures as a Blob, `undefined` for what is decoded already. */
async function blobOf(input: unknown, signal: AbortSignal | undefined): Promise<Blob | undefined> {
  if (input instanceof Blob) return input;
  if (input instanceof ArrayBuffer || input instanceof Uint8Array) {
    return new Blob([input as Uint8Array<ArrayBuffer>]);
  }
  if (input instanceof URL) return fetchPicture(input, signal);
  if (typeof input !== 'string' || input === '') return undefined;
  const base = globalThis.document?.baseURI ?? globalThis.location?.href;
  if (!URL.canParse(input, base)) throw notAPicture('a URL', input);
  return fetchPicture(new URL(input, base), signal);
}

async function decodeBlob(blob: Blob): Promise<ImageBitmap> {
  const name = blob instanceof File && blob.name !== '' ? `"${blob.name}"` : 'The data';
  if (blob.size === 0) throw emptyPicture(name);
  const header = new Uint8Array(await blob.slice(0, HEADER_BYTES).arrayBuffer());
  const size = readHeaderSize(header);
  if (size) assertPixelCount(size.width, size.height);
  try {
    return await createImageBitmap(blob, { premultiplyAlpha: 'none' });
  } catch (cause) {
    throw undecodable(name, cause);
  }
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
      throw undecodable(`The <img> "${input.currentSrc || input.src}"`, cause);
    }
    return { source: input, width: input.naturalWidth, height: input.naturalHeight };
  }
  throw notAPicture('a File, Blob, URL, ImageData, ImageBitmap, canvas, <img> or <video>', input);
}

/**
 * Through an sRGB canvas, which converts colours, strip by strip: a canvas of the whole picture would
 * hold up the page while a large photo is drawn on it.
 */
function* readBack({ source, width, height }: Drawable): Steps<Pixels> {
  if (width < 1 || height < 1) throw emptyPicture('The picture');
  const context = new OffscreenCanvas(width, Math.min(STRIP, height)).getContext('2d', {
    willReadFrequently: true,
  });
  if (!context) {
    throw new FaceMorphError('IMAGE_TOO_LARGE', `No canvas ${width} px wide can be made here`, {
      hint: 'Scale the picture down first.',
      details: { width, height },
    });
  }
  // Each strip takes the place of the one before it, transparent parts too.
  context.globalCompositeOperation = 'copy';
  try {
    const pixels = createPixels(width, height);
    for (let top = 0; top < height; top += STRIP) {
      yield;
      const rows = Math.min(STRIP, height - top);
      context.drawImage(source, 0, top, width, rows, 0, 0, width, rows);
      const { data } = context.getImageData(0, 0, width, rows, { colorSpace: 'srgb' });
      pixels.data.set(data, top * width * 4);
    }
    return pixels;
  } catch (cause) {
    if ((cause as Error | null)?.name === 'SecurityError') {
      throw pictureNotFound(
        'The page may not read this picture: it is from another origin',
        'Serve it with CORS headers and set crossOrigin="anonymous".',
        cause,
      );
    }
    throw undecodable('The picture', cause);
  }
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
