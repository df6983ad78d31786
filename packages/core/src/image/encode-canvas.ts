import { FaceMorphError } from '../errors.js';
import type { ImageType } from '../platform/platform.js';

/** The format of a file that is written, and how well. */
export interface CanvasFormat {
  readonly type: ImageType;
  /** 0..1 */
  readonly quality: number;
}

/**
 * The file of what is on a canvas. For a JPEG, which has no alpha, it is put on white.
 * @throws {FaceMorphError} `IMAGE_UNSUPPORTED` where the browser cannot write the format.
 */
export async function encodeCanvas(
  canvas: OffscreenCanvas,
  { type, quality }: CanvasFormat,
): Promise<Uint8Array<ArrayBuffer>> {
  if (type === 'image/jpeg') {
    // A canvas would put it on black.
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
