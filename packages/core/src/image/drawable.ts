import { FaceMorphError } from '../errors.js';
import type { Steps } from '../slices.js';
import { STRIP } from './codec.canvas.js';
import { emptyPicture, pictureNotFound, undecodable } from './image-errors.js';
import { blankPixels, type Pixels } from './pixels.js';

/** What a canvas draws, with its size in px. */
export interface Drawable {
  readonly source: CanvasImageSource;
  readonly width: number;
  readonly height: number;
}

/**
 * Through an sRGB canvas, which converts colours, strip by strip: a canvas of the whole picture would
 * hold up the page while a large photo is drawn on it.
 */
export function* readBack({ source, width, height }: Drawable): Steps<Pixels> {
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
    const pixels = blankPixels(width, height);
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
