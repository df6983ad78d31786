import { FaceMorph } from '@facemorph/core';
import {
  createContext,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react';
import {
  type FaceModelOptions,
  type FaceModelState,
  LOADING,
  ModelRegistry,
  modelKey,
} from './model-registry.js';

/** Where {@link useFaceModel} finds models that other components have loaded. */
export const ModelRegistryContext: React.Context<ModelRegistry> =
  /* @__PURE__ */ createContext<ModelRegistry>(/* @__PURE__ */ new ModelRegistry());

/** What {@link useFaceModel} takes: options of `FaceMorph.load`, or a model that is loaded. */
export interface UseFaceModelOptions extends Omit<FaceModelOptions, 'model'> {
  /** A loaded `FaceMorph` stays yours to dispose of. @defaultValue the model of `@facemorph/models` */
  readonly model?: FaceMorph | FaceModelOptions['model'];
}

/** The model, or how far it has come. */
export type FaceModel = FaceModelState & {
  /** Tries again after a failure. */
  readonly retry: () => void;
};

/**
 * Loads a model for as long as the component lives. Components that ask for the same model share
 * one download, one Worker and one session; the last one to go frees them, and aborts a load that
 * still runs. Nothing is loaded on a server.
 *
 * Objects among the options (`model`, `cache`, `locator`, `attributes`) are compared by identity: make them
 * once, outside of the component or in `useMemo`.
 *
 * @public
 * @example
 * ```tsx
 * const state = useFaceModel();
 * if (state.status !== 'ready') return <ModelProgress state={state} />;
 * ```
 */
export function useFaceModel(options: UseFaceModelOptions = {}): FaceModel {
  const registry = useContext(ModelRegistryContext);
  const given = options.model instanceof FaceMorph ? options.model : null;
  const wanted = options as FaceModelOptions;
  const key = given ? null : modelKey(wanted);
  const newest = useRef(wanted);
  newest.current = wanted;

  const subscribe = useCallback(
    (listener: () => void) =>
      key === null ? () => {} : registry.use(key, newest.current, listener),
    [registry, key],
  );
  const shared = useSyncExternalStore(
    subscribe,
    () => (key === null ? LOADING : registry.stateOf(key)),
    () => LOADING,
  );
  const retry = useCallback(() => {
    if (key !== null) registry.retry(key, newest.current);
  }, [registry, key]);

  return useMemo(() => {
    const ready = {
      status: 'ready',
      model: given as FaceMorph,
      progress: null,
      error: null,
    } as const;
    return { ...(given ? ready : shared), retry };
  }, [given, shared, retry]);
}
