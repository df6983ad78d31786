/** What a page and the Worker that it starts for one large picture say to each other. */
import type { SerializedError } from '../../errors.js';
import type { CanvasFormat } from '../encode-canvas.js';
import type { Pixels } from '../pixels.js';

/**
 * Either one `decode`, or one `canvas`, then its rows in strips, then one `encode`; in between a `ping`,
 * to which the Worker says `alive` unless it is computing.
 */
export type PictureRequest =
  | { readonly kind: 'decode'; readonly blob: Blob }
  | { readonly kind: 'canvas'; readonly width: number; readonly height: number }
  | { readonly kind: 'rows'; readonly top: number; readonly data: Uint8ClampedArray<ArrayBuffer> }
  | { readonly kind: 'encode'; readonly format: CanvasFormat }
  | { readonly kind: 'ping' };

/** A sign of life, or the one answer. */
export type PictureResponse = { readonly alive: true } | PictureAnswer;

/**
 * To `decode` a picture, to `encode` the bytes of a file. Without an error of ours the Worker could not do
 * it, which says nothing of the picture.
 */
type PictureAnswer =
  | { readonly ok: true; readonly result: Pixels | Uint8Array }
  | { readonly ok: false; readonly error: SerializedError | undefined };
