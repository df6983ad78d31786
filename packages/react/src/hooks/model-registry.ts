import { FaceMorph, type LoadOptions, type Progress } from '@facemorph/core';
import { identityOf } from './identity.js';

/** Where the loading of a model stands. */
export type FaceModelState =
  | {
      readonly status: 'loading';
      readonly model: null;
      /** What is under way; `null` before the first byte and where nothing is loaded (a server). */
      readonly progress: Progress | null;
      readonly error: null;
    }
  | {
      readonly status: 'ready';
      readonly model: FaceMorph;
      readonly progress: null;
      readonly error: null;
    }
  | {
      readonly status: 'failed';
      readonly model: null;
      readonly progress: null;
      /** A `FaceMorphError`, as a rule. */
      readonly error: unknown;
    };

/** What `FaceMorph.load` takes, without what belongs to a single caller. */
export type FaceModelOptions = Omit<LoadOptions, 'signal' | 'onProgress'>;

export const LOADING: Extract<FaceModelState, { status: 'loading' }> = {
  status: 'loading',
  model: null,
  progress: null,
  error: null,
};

interface SharedModel {
  state: FaceModelState;
  readonly listeners: Set<() => void>;
  controller: AbortController;
}

/**
 * The models in use, each loaded once however many components ask for it. A model that nobody uses
 * any more is freed; one that is still loading is aborted.
 */
export class ModelRegistry {
  readonly #load: (options: LoadOptions) => Promise<FaceMorph>;
  readonly #models = new Map<string, SharedModel>();

  constructor(load: (options: LoadOptions) => Promise<FaceMorph> = FaceMorph.load) {
    this.#load = load;
  }

  /** Number of models that are loaded or loading. */
  get size(): number {
    return this.#models.size;
  }

  stateOf(key: string): FaceModelState {
    return this.#models.get(key)?.state ?? LOADING;
  }

  /** Uses a model until the function it returns is called; the first user starts the load. */
  use(key: string, options: FaceModelOptions, listener: () => void): () => void {
    const shared = this.#models.get(key) ?? this.#add(key, options);
    shared.listeners.add(listener);
    return () => {
      shared.listeners.delete(listener);
      // StrictMode, and one component taking another's place, use it again in the same turn.
      queueMicrotask(() => {
        if (shared.listeners.size === 0) this.#remove(key, shared);
      });
    };
  }

  /** Tries a failed load again. */
  retry(key: string, options: FaceModelOptions): void {
    const shared = this.#models.get(key);
    if (shared?.state.status === 'failed') this.#start(shared, options);
  }

  #add(key: string, options: FaceModelOptions): SharedModel {
    const shared: SharedModel = {
      state: LOADING,
      listeners: new Set(),
      controller: new AbortController(),
    };
    this.#models.set(key, shared);
    this.#start(shared, options);
    return shared;
  }

  #start(shared: SharedModel, options: FaceModelOptions): void {
    const controller = new AbortController();
    const { signal } = controller;
    shared.controller = controller;
    const set = (state: FaceModelState): void => {
      if (signal.aborted) return;
      shared.state = state;
      for (const listener of shared.listeners) listener();
    };
    set(LOADING);
    this.#load({
      ...options,
      signal,
      onProgress: (progress) => set({ ...LOADING, progress }),
    }).then(
      (model) => {
        if (signal.aborted) void model.dispose();
        else set({ status: 'ready', model, progress: null, error: null });
      },
      (error: unknown) => set({ status: 'failed', model: null, progress: null, error }),
    );
  }

  #remove(key: string, shared: SharedModel): void {
    if (this.#models.get(key) !== shared) return;
    this.#models.delete(key);
    shared.controller.abort();
    void shared.state.model?.dispose();
  }
}

/**
 * Options that load the same model have the same key: equal by value where they can be written
 * down, by identity where they cannot. Functions do not count, since they are often made anew.
 */
export function modelKey({
  model,
  backend,
  threads,
  wasmPaths,
  cache,
  locator,
  liveDecoder,
  attributes,
}: FaceModelOptions): string {
  const several = Array.isArray(attributes) ? attributes : [attributes];
  const parts = [model, backend, threads, cache, locator, liveDecoder, ...several].map((part) => {
    if (part instanceof URL) return part.href;
    return typeof part === 'object' && part !== null ? identityOf(part) : (part ?? null);
  });
  return JSON.stringify([...parts, wasmPaths ?? null]);
}
