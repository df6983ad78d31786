import { platform } from '#platform';
import { assertModel, mergeAttributes } from './attributes/merge.js';
import { parseAttributes } from './attributes/parse.js';
import type { AttributeFile, AttributeSet } from './attributes/types.js';
import { throwIfAborted } from './errors.js';
import type { ModelCache } from './model/cache.js';
import { type LoadedModel, loadModel } from './model/load-model.js';
import type { ModelManifest, ModelSource } from './model/manifest-types.js';
import type { FaceLocator } from './photo/locator.js';
import type { TaskOptions } from './progress.js';
import { abortable, together } from './runtime/abort.js';
import type { Backend, Session } from './runtime/backend.js';
import type { BackendOptions } from './runtime/options.js';
import { openSession, startDecoder } from './runtime/start-decoder.js';

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
  const { locator } = options;
  if (typeof options.backend === 'object') {
    const backend = options.backend;
    const { model, attributes, bytes } = await fetchParts(options);
    const decoder = await openSession(backend, 'decoder', bytes, options);
    // It may serve others: it stays the caller's to dispose of.
    return { model, attributes, backend, decoder, locator, freeBackend: async () => {} };
  }
  const starting = platform.createBackend(options);
  try {
    const [{ model, attributes, bytes }, started] = await together<[FetchedParts, Backend]>(
      options.signal,
      (signal) => [fetchParts({ ...options, signal }), abortable(starting, signal)],
    );
    const { createBackend } = platform;
    const { backend, decoder } = await startDecoder(model, bytes, {
      ...options,
      started,
      createBackend,
    });
    return { model, attributes, backend, decoder, locator, freeBackend: () => backend.dispose() };
  } catch (error) {
    starting.then(
      (backend) => backend.dispose(),
      () => {},
    );
    throw error;
  }
}

interface FetchedParts {
  readonly model: LoadedModel;
  readonly attributes: AttributeSet;
  /** Of the decoder. */
  readonly bytes: Uint8Array;
}

async function fetchParts(options: LoadOptions): Promise<FetchedParts> {
  const model = await loadModel(await sourceOf(options.model), platform, options);
  const files = await model.files(['attributes', 'decoder'], options);
  const attributes = readAttributes(files.attributes, model.manifest, options.attributes);
  return { model, attributes, bytes: files.decoder };
}

async function sourceOf(model: LoadOptions['model']): Promise<URL | ModelSource> {
  if (model === undefined) return platform.defaultModel();
  return typeof model === 'string' || model instanceof URL ? platform.resolveUrl(model) : model;
}

function readAttributes(
  own: Uint8Array,
  { files, latent }: ModelManifest,
  more: LoadOptions['attributes'] = [],
): AttributeSet {
  const inputs = Array.isArray(more)
    ? (more as readonly AttributeInput[])
    : [more as AttributeInput];
  const set = parseAttributes(own);
  assertModel(set, files.encoder.sha256, latent.size);
  return mergeAttributes(set, ...inputs.map((input) => asSet(input)));
}

/** A set as it is; anything else must be an attribute file. */
function asSet(input: AttributeInput): AttributeSet {
  const mean: unknown = input?.latent?.mean;
  return mean instanceof Float32Array ? (input as AttributeSet) : parseAttributes(input);
}
