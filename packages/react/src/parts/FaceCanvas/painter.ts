import type { Pixels } from '@facemorph/core';

/**
 * Paints the model's small pictures onto a larger canvas. The browser's high-quality smoothing
 * (bicubic) hides the pixel grid that plain CSS scaling shows at this size.
 */
export class Painter {
  readonly #target: CanvasRenderingContext2D | null;
  readonly #source: CanvasRenderingContext2D | null;

  /** Where there is no 2D canvas, nothing is painted. */
  constructor(canvas: HTMLCanvasElement) {
    this.#target = canvas.getContext('2d');
    this.#source = document.createElement('canvas').getContext('2d');
  }

  paint({ width, height, data }: Pixels): void {
    if (!this.#target || !this.#source) return;
    const source = this.#source.canvas;
    if (source.width !== width || source.height !== height) {
      source.width = width;
      source.height = height;
    }
    const image = this.#source.createImageData(width, height);
    image.data.set(data);
    this.#source.putImageData(image, 0, 0);
    const { canvas } = this.#target;
    this.#target.imageSmoothingQuality = 'high';
    this.#target.drawImage(source, 0, 0, canvas.width, canvas.height);
  }
}
