import { useCallback, useEffect, useRef, useState } from 'react';
import { progressText } from '../loading/progress-text.js';
import { type DescribedError, describeError } from '../model/describe-error.js';
import type { FaceRef } from './document.js';
import type { FaceLibrary } from './face-library.js';

/** Opens pictures of the visitor's; a newer one calls off the one before. */
export function useUpload(
  library: FaceLibrary,
  onFace: (face: FaceRef) => void,
  onError: (error: DescribedError | null) => void,
): {
  readonly upload: (file: File) => void;
  /** What is going on while a picture is opened, in words. */
  readonly opening: string | null;
} {
  const [opening, setOpening] = useState<string | null>(null);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  const upload = useCallback(
    (file: File) => {
      running.current?.abort();
      const controller = new AbortController();
      const { signal } = controller;
      running.current = controller;
      onError(null);
      setOpening('Opening the picture');
      library
        .upload(file, {
          signal,
          onProgress: (progress) => {
            if (!signal.aborted && isModelWork(progress.phase)) setOpening(progressText(progress));
          },
        })
        .then(onFace)
        .catch((error: unknown) => {
          if (!signal.aborted) onError(describeError(error));
        })
        .finally(() => {
          if (running.current === controller) setOpening(null);
        });
    },
    [library, onFace, onError],
  );
  return { upload, opening };
}

/** The first picture may have to wait for the part of the model that reads pictures. */
function isModelWork(phase: string): boolean {
  return phase === 'download' || phase === 'verify' || phase === 'compile';
}
