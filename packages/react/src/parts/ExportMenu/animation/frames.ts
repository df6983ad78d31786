import type { Pixels } from '@facemorph/core';
import type { FaceEditor } from '../../../hooks/use-face-editor.js';

/** A picture of an animation and how long it is shown. */
export interface AnimationFrame {
  readonly canvas: OffscreenCanvas;
  /** In ms, a multiple of 10: GIF knows nothing finer. */
  readonly duration: number;
}

/** Different pictures of a way from the original to the edit. */
const COUNT = 24;
const FRAME_MS = 50;
/** At both ends one may look. */
const REST_MS = 500;
/** The longest side, in px. */
const MAX_SIDE = 640;

/**
 * The edit as it comes and goes, for a loop without a jump. Each picture is drawn when it is asked
 * for; the way back shows the same canvases.
 */
export async function* animationFrames(
  editor: Pick<FaceEditor, 'apply'>,
  signal?: AbortSignal,
): AsyncGenerator<AnimationFrame> {
  const forth: OffscreenCanvas[] = [];
  for (let i = 0; i < COUNT; i++) {
    const edited = await editor.apply({ share: eased(i / (COUNT - 1)), signal });
    const canvas = toCanvas(await edited.pixels({ signal }));
    forth.push(canvas);
    yield { canvas, duration: i === 0 || i === COUNT - 1 ? REST_MS : FRAME_MS };
  }
  for (const canvas of forth.slice(1, -1).reverse()) yield { canvas, duration: FRAME_MS };
}

/** How many frames {@link animationFrames} gives. */
export const FRAME_COUNT: number = 2 * COUNT - 2;

function eased(share: number): number {
  return share * share * (3 - 2 * share);
}

/** Small faces are enlarged, large photos made smaller; sides are even, as video wants them. */
function toCanvas({ width, height, data }: Pixels): OffscreenCanvas {
  const source = new OffscreenCanvas(width, height);
  source.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(data), width), 0, 0);
  const scale = Math.min(4, MAX_SIDE / Math.max(width, height));
  const even = (length: number): number => Math.max(2, 2 * Math.round((length * scale) / 2));
  const canvas = new OffscreenCanvas(even(width), even(height));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context) {
    context.imageSmoothingQuality = 'high';
    context.drawImage(source, 0, 0, canvas.width, canvas.height);
  }
  return canvas;
}
