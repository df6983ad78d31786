import type { FaceEditor } from '../../../hooks/use-face-editor.js';
import type { VideoWriter } from './video.js';

/** What an edit is animated as. */
export type AnimationFormat = 'gif' | 'webp' | 'video';

/** Options of {@link encodeAnimation}. */
export interface AnimationOptions {
  readonly format: AnimationFormat;
  /** Needed for `video`. */
  readonly video?: (() => Promise<VideoWriter>) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How much is done, 0..1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** Whether this browser writes videos at all. */
export function canWriteVideo(): boolean {
  return 'VideoEncoder' in globalThis;
}

/**
 * An animation of the edit as it comes and goes, marked as made by a model where the format can.
 * @param editor - `editor.still()` for an animation that does not follow what is edited meanwhile.
 * @throws {FaceMorphError} `ARGUMENT_INVALID` without a face, or for a video without its writer
 */
export async function encodeAnimation(
  editor: Pick<FaceEditor, 'apply'>,
  options: AnimationOptions,
): Promise<Blob> {
  const { makeAnimation } = await import('./make-animation.js');
  return makeAnimation(editor, options);
}
