import type { Pixels } from '@facemorph/core';

/**
 * Paints small pictures onto a larger canvas, which takes their shape. The browser's high-quality
 * smoothing (bicubic) hides the pixel grid that plain CSS scaling shows at this size.
 */
export class Painter {
  readonly #target: CanvasRenderingContext2D | null;
  readonly #source: CanvasRenderingContext2D | null;

  /** Where there is no 2D canvas, nothing is painted. */
  constructor(canvas: HTMLCanvasElement) {
    this.#target = canvas.getContext('2d');
    this.#source = document.createElement('canvas').getContext('2d');
  }

  /** @param size - Longest side of the canvas, in px. */
  paint({ width, height, data }: Pixels, size: number): void {
    if (!this.#target || !this.#source) return;
    const source = this.#source.canvas;
    resize(source, width, height);
    const image = this.#source.createImageData(width, height);
    image.data.set(data);
    this.#source.putImageData(image, 0, 0);
    const { canvas } = this.#target;
    const scale = size / Math.max(width, height);
    resize(canvas, Math.round(width * scale), Math.round(height * scale));
    this.#target.imageSmoothingQuality = 'high';
    this.#target.drawImage(source, 0, 0, canvas.width, canvas.height);
  }
}

/** Setting a size empties a canvas, even to what it was. */
function resize(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
