import type { Pixels } from '@facemorph/core';

/**
 * Paints the model's small pictures onto a larger canvas. The browser's high-quality smoothing
 * (bicubic) hides the pixel grid that plain CSS scaling shows at this size.
 */
export class Painter {
  readonly #target: CanvasRenderingContext2D;
  readonly #source: CanvasRenderingContext2D;

  constructor(canvas: HTMLCanvasElement) {
    this.#target = context(canvas);
    this.#source = context(document.createElement('canvas'));
  }

  paint({ width, height, data }: Pixels): void {
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

function context(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const found = canvas.getContext('2d');
  if (!found) throw new Error('This browser has no 2D canvas.');
  return found;
}
