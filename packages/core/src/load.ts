import { platform } from '#platform';
import { assertModel } from './attributes/assert-model.js';
import type { AttributeFile, AttributeSet } from './attributes/types.js';
import { assertOneOf, throwIfAborted } from './errors.js';
import type { ModelCache } from './model/cache.js';
import { type LoadedModel, loadModel } from './model/load-model.js';
import type { ModelSource } from './model/manifest-types.js';
import { part } from './part.js';
import type { FaceLocator } from './photo/locator.js';
import type { TaskOptions } from './progress.js';
import { abortable, together } from './runtime/abort.js';
import type { Backend, Session } from './runtime/backend.js';
import type { BackendOptions } from './runtime/options.js';
import {
  compile,
  openSession,
  type StartedDecoder,
  startDecoder,
} from './runtime/start-decoder.js';

/** Options of `FaceMorph.load`. */
export interface LoadOptions extends TaskOptions, BackendOptions {
  /**
   * A manifest's location (a path in Node, a URL, or the folder it is in) or a model's parts.
   * @defaultValue the model of `@facemorph/models`
   */
  readonly model?: string | URL | ModelSource | undefined;
  /** Where downloaded files are kept; `false` for nowhere. @defaultValue the platform's cache */
  readonly cache?: ModelCache | false | undefined;
  /** Used in place of the global one: for headers and credentials. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Finds faces in place of the model's own locator. */
  readonly locator?: FaceLocator | undefined;
  /**
   * `auto` draws the frames of live editors in int8, where the model has a decoder for it, the backend
   * is wasm, and a trial shows that it is faster on this machine; it is fetched after the first frame.
   * What `Face.edit` gives is always drawn in float. `float` draws live frames so too.
   * @defaultValue `'auto'`
   */
  readonly liveDecoder?: 'auto' | 'float' | undefined;
  /** Attributes in addition to the model's own; one of the same name replaces it. */
  readonly attributes?: AttributeInput | readonly AttributeInput[] | undefined;
}

/** An attribute file's content, or a set that was parsed from one. */
export type AttributeInput = AttributeSet | AttributeFile;

/** What a FaceMorph is made of. */
export interface LoadedParts {
  readonly model: LoadedModel;
  readonly attributes: AttributeSet;
  readonly backend: Backend;
  readonly decoder: Session;
  /** Opens the decoder for live frames, where there may be a faster one. */
  readonly openFast: ((options: TaskOptions) => Promise<Session>) | undefined;
  readonly onFallback: BackendOptions['onFallback'];
  /** One that was handed in. */
  readonly locator: FaceLocator | undefined;
  /** Disposes of the backend, unless it was handed in. */
  readonly freeBackend: () => Promise<void>;
}

/**
 * Fetches, verifies and starts a model, all but its encoder. The backend starts while the files
 * arrive. Frees what it opened if it fails.
 */
export async function loadParts(options: LoadOptions): Promise<LoadedParts> {
  throwIfAborted(options.signal);
  assertOneOf(['auto', 'float'], 'liveDecoder', options.liveDecoder ?? 'auto');
  if (typeof options.backend === 'object') {
    const backend = options.backend;
    const fetched = await fetchParts(options);
    const { model, bytes } = fetched;
    const decoder = await compile(backend, model, 'decoder', bytes, options);
    // It may serve others: it stays the caller's to dispose of.
    return asParts(fetched, { backend, decoder }, options, async () => {});
  }
  const starting = platform.createBackend(options);
  try {
    const [fetched, backend] = await together<[FetchedParts, Backend]>(options.signal, (signal) => [
      fetchParts({ ...options, signal }),
      abortable(starting, signal),
    ]);
    const started = await startDecoder(fetched.model, fetched.bytes, {
      ...options,
      started: backend,
      createBackend: platform.createBackend,
    });
    return asParts(fetched, started, options, () => started.backend.dispose());
  } catch (error) {
    starting.then(
      (backend) => backend.dispose(),
      () => {},
    );
    throw error;
  }
}

function asParts(
  { model, attributes }: FetchedParts,
  { backend, decoder }: StartedDecoder,
  { locator, liveDecoder, onFallback }: LoadOptions,
  freeBackend: () => Promise<void>,
): LoadedParts {
  // Native code and GPUs are as fast in float, or faster.
  const mayBeFaster =
    liveDecoder !== 'float' && backend.name === 'wasm' && model.has('decoder-int8');
  const openFast = (task: TaskOptions): Promise<Session> =>
    openSession(backend, model, 'decoder-int8', task);
  return {
    model,
    attributes,
    backend,
    decoder,
    openFast: mayBeFaster ? openFast : undefined,
    onFallback,
    locator,
    freeBackend,
  };
}

interface FetchedParts {
  readonly model: LoadedModel;
  readonly attributes: AttributeSet;
  /** Of the decoder. */
  readonly bytes: Uint8Array;
}

async function fetchParts(options: LoadOptions): Promise<FetchedParts> {
  const model = await loadModel(await sourceOf(options.model), platform, options);
  const [files, { parseAttributes }] = await Promise.all([
    model.files(['attributes', 'decoder'], options),
    part(import('./attributes/parse.js')),
  ]);
  const own = parseAttributes(files.attributes);
  assertModel(own, model.manifest.files.encoder.sha256, model.manifest.latent.size);
  const add = await readMore(options.attributes);
  return { model, attributes: add(own), bytes: files.decoder };
}

async function sourceOf(model: LoadOptions['model']): Promise<URL | ModelSource> {
  if (model === undefined) return platform.defaultModel();
  return typeof model === 'string' || model instanceof URL ? platform.resolveUrl(model) : model;
}

/**
 * Reads attributes that are to be added to a set.
 * @returns what adds them, at once: of sets that are added at the same time, none is lost.
 * @throws {FaceMorphError} `ATTRIBUTES_INVALID`; `MODEL_MISMATCH` when they are added
 */
export async function readMore(
  more: LoadOptions['attributes'],
): Promise<(own: AttributeSet) => AttributeSet> {
  if (more === undefined) return (own) => own;
  const inputs = Array.isArray(more)
    ? (more as readonly AttributeInput[])
    : [more as AttributeInput];
  const [{ mergeAttributes }, { parseAttributes }] = await Promise.all([
    part(import('./attributes/merge.js')),
    part(import('./attributes/parse.js')),
  ]);
  const sets = inputs.map((input) => (isSet(input) ? input : parseAttributes(input)));
  return (own) => mergeAttributes(own, ...sets);
}

/** Anything but a set must be an attribute file. */
function isSet(input: AttributeInput): input is AttributeSet {
  const mean: unknown = input?.latent?.mean;
  return mean instanceof Float32Array;
}
