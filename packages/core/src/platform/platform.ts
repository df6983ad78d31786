import type { Pixels } from '../image/pixels.js';
import type { ModelCache } from '../model/cache.js';
import type { ModelSource } from '../model/manifest-types.js';
import type { TaskOptions } from '../progress.js';
import type { Backend } from '../runtime/backend.js';
import type { BackendOptions } from '../runtime/options.js';

/** Formats that Node and browsers write. */
export type CommonImageType = 'image/png' | 'image/jpeg' | 'image/webp';

/** Formats in which pictures are written; AVIF in Node only, for want of browsers that write it. */
export type ImageType = CommonImageType | 'image/avif';

/** What a trained model has done to a picture: changed a part of it, or made it. */
export type Provenance = 'edited' | 'generated';

/** Options of {@link Platform.encodeImage}. */
export interface EncodeImageOptions {
  readonly type?: ImageType;
  /** 0..1, for all but PNG. @defaultValue 0.92 */
  readonly quality?: number;
  /**
   * What the file says of its making, as IPTC's DigitalSourceType in XMP; `false` for nothing.
   * @defaultValue what is true of it for an `EditedFace`, `false` for plain pixels
   */
  readonly provenance?: Provenance | false;
  /**
   * `keep`: an edited photo stays in the colour space of its file, tagged with its profile, and pixels
   * outside the edit keep the numbers they have there (sRGB where the file has no RGB profile). Node only:
   * browsers give the colours of a photo in sRGB; and not in AVIF, which is sRGB always.
   * @defaultValue `'srgb'`
   */
  readonly colorProfile?: 'srgb' | 'keep' | undefined;
  /**
   * `keep`: an edited photo keeps what its Exif says of when and how it was taken and whose it is,
   * never place, serial numbers, owner's name, comments or thumbnail; it is upright. In a browser, the
   * Exif of a JPEG, PNG or WebP.
   * @defaultValue `'strip'`
   */
  readonly metadata?: 'strip' | 'keep' | undefined;
}

/**
 * All that differs between Node and the browser. `#platform` resolves to one of the two
 * through the export conditions; nothing else in core may import onnxruntime, `node:` or touch the DOM.
 */
export interface Platform {
  readonly name: 'node' | 'browser';
  /** Starts the best backend here, or the one asked for. @throws `BACKEND_UNAVAILABLE` */
  createBackend(options: BackendOptions): Promise<Backend>;
  /** Reads a `file:`, `http(s):`, `blob:` or `data:` URL as a stream of bytes. @throws `MODEL_NOT_FOUND`, `NETWORK` */
  read(url: URL, options: ReadOptions): Promise<ReadableStream<Uint8Array>>;
  /** The model that ships with the library. */
  defaultModel(): Promise<ModelSource>;
  /** Makes an absolute URL of what the user wrote: a path in Node, relative to the page in the browser. */
  resolveUrl(location: string | URL): URL;
  defaultCache(): ModelCache | undefined;
  /** Any picture a user may hand in, oriented by its EXIF, in sRGB. @throws `IMAGE_*` */
  decodeImage(input: unknown, options: TaskOptions): Promise<Pixels>;
  encodeImage(pixels: Pixels, options: EncodeImageOptions): Promise<Uint8Array>;
  /** Writes beside, then renames: no partial file stays. Node only. @throws `WRITE_FAILED` */
  writeFile(path: string, bytes: Uint8Array): Promise<void>;
}

/** Options of {@link Platform.read}. */
export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** The user's own fetch (headers, credentials). */
  readonly fetch?: typeof globalThis.fetch | undefined;
}
