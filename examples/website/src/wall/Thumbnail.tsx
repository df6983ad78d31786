import type { Pixels } from '@facemorph/core';
import { type ReactNode, useEffect, useRef } from 'react';

/** A small picture of a face; blank until its pixels are there. Renders a `<canvas>`. */
export function Thumbnail({ pixels }: { readonly pixels: Pixels | undefined }): ReactNode {
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
  return <canvas ref={ref} className="thumbnail" data-ready={pixels ? '' : undefined} />;
}
