import type { Pixels } from '@facemorph/core';
import { type ReactNode, useEffect, useRef } from 'react';

/** Props of {@link Thumbnail}. */
export interface ThumbnailProps {
  readonly pixels: Pixels | undefined;
}

/**
 * A small picture; blank until its pixels are there. Renders a `<canvas>` that screen readers skip.
 *
 * State: `data-ready`.
 */
export function Thumbnail({ pixels }: ThumbnailProps): ReactNode {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = ref.current;
    if (!canvas || !pixels) return;
    canvas.width = pixels.width;
    canvas.height = pixels.height;
    const context = canvas.getContext('2d');
    const image = context?.createImageData(pixels.width, pixels.height);
    if (!context || !image) return;
    image.data.set(pixels.data);
    context.putImageData(image, 0, 0);
  }, [pixels]);
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas takes no focus
    <canvas
      ref={ref}
      className="fm-thumbnail"
      aria-hidden="true"
      data-ready={pixels ? '' : undefined}
    />
  );
}
