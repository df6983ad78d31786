import { FaceMorphError, withProvenance } from '@facemorph/core';
import type { FaceEditor } from '../../../hooks/use-face-editor.js';
import type { AnimationFormat, AnimationOptions } from './encode-animation.js';
import { type AnimationFrame, animationFrames, FRAME_COUNT } from './frames.js';
import type { EncodedVideo } from './video.js';

/** Draws the frames, encodes and marks them. */
export async function makeAnimation(
  editor: Pick<FaceEditor, 'apply'>,
  { format, video, signal, onProgress }: AnimationOptions,
): Promise<Blob> {
  const frames = counted(animationFrames(editor, signal), onProgress);
  const { bytes, type } = await encode(frames, format, video);
  // WebM has no place for it that readers agree on.
  if (type === 'video/webm') return new Blob([new Uint8Array(bytes)], { type });
  const { provenance } = await editor.apply({ signal });
  const marked = await withProvenance(bytes, type, provenance);
  return new Blob([new Uint8Array(marked)], { type });
}

async function encode(
  frames: AsyncIterable<AnimationFrame>,
  format: AnimationFormat,
  video: AnimationOptions['video'],
): Promise<EncodedVideo | { bytes: Uint8Array; type: 'image/gif' | 'image/webp' }> {
  if (format === 'gif') {
    const { encodeGif } = await import('./gif.js');
    return { bytes: await encodeGif(frames), type: 'image/gif' };
  }
  if (format === 'webp') {
    const { encodeWebp } = await import('./webp.js');
    return { bytes: await encodeWebp(frames), type: 'image/webp' };
  }
  if (!video) {
    throw new FaceMorphError('ARGUMENT_INVALID', 'Videos need a package that writes them', {
      hint: 'Give { video: () => import("mediabunny") }.',
    });
  }
  const { encodeVideo } = await import('./video.js');
  return encodeVideo(frames, video);
}

async function* counted(
  frames: AsyncIterable<AnimationFrame>,
  onProgress: ((share: number) => void) | undefined,
): AsyncGenerator<AnimationFrame> {
  let done = 0;
  for await (const frame of frames) {
    yield frame;
    onProgress?.(++done / FRAME_COUNT);
  }
}
