import { FaceMorph, type Progress } from '@facemorph/core';
import { useCallback, useEffect, useState } from 'react';
import { type DescribedError, describeError } from './describe-error.js';

/** Where the loading of the model stands. */
export type ModelState =
  | { readonly status: 'loading'; readonly progress: Progress | null }
  | { readonly status: 'ready'; readonly model: FaceMorph }
  | { readonly status: 'failed'; readonly error: DescribedError };

const LOADING: ModelState = { status: 'loading', progress: null };

/** Loads the default model once; leaving the page aborts the load or frees the model. */
export function useModel(): readonly [state: ModelState, retry: () => void] {
  const [state, setState] = useState<ModelState>(LOADING);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt loads again
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let loaded: FaceMorph | undefined;
    setState(LOADING);
    FaceMorph.load({
      signal,
      onProgress: (progress) => {
        if (!signal.aborted) setState({ status: 'loading', progress });
      },
    }).then(
      (model) => {
        if (signal.aborted) return void model.dispose();
        loaded = model;
        setState({ status: 'ready', model });
      },
      (error: unknown) => {
        if (!signal.aborted) setState({ status: 'failed', error: describeError(error) });
      },
    );
    return () => {
      controller.abort();
      void loaded?.dispose();
    };
  }, [attempt]);

  return [state, useCallback(() => setAttempt((n) => n + 1), [])];
}
