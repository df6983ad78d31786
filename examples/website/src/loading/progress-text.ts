import type { Progress } from '@facemorph/core';

/** What the page is waiting for, in words. */
export function progressText(progress: Progress | null): string {
  switch (progress?.phase) {
    case undefined:
      return 'Getting ready';
    // Files are checked as they arrive: to a visitor that is one thing.
    case 'download':
    case 'verify':
      return `Loading the model, ${megabytes(progress.loaded)} of ${megabytes(progress.total)} MB`;
    default:
      return 'Warming up the engine';
  }
}

/** The part of the wait that is over, 0..1: the download is most of it. */
export function progressShare(progress: Progress | null): number {
  if (!progress) return 0;
  const part = progress.total > 0 ? Math.min(1, progress.loaded / progress.total) : 0;
  switch (progress.phase) {
    case 'download':
    case 'verify':
      return 0.85 * part;
    default:
      return 0.85 + 0.15 * part;
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
