import { FaceMorphError, throwIfAborted } from '../errors.js';
import type { LoadedModel } from '../model/load-model.js';
import { part } from '../part.js';
import type { TaskOptions } from '../progress.js';
import type { Backend, Session } from './backend.js';
import type { BackendOptions } from './options.js';
import { messageOf } from './runtime-errors.js';

/** A backend with the session that every FaceMorph has. */
export interface StartedDecoder {
  readonly backend: Backend;
  readonly decoder: Session;
}

/** Options of {@link startDecoder}. */
export interface StartDecoderOptions extends TaskOptions, BackendOptions {
  readonly createBackend: (options: BackendOptions) => Promise<Backend>;
  /** The backend asked for, where it was started before. @defaultValue `createBackend(options)` */
  readonly started?: Backend | undefined;
}

/**
 * Starts the backend asked for and opens the decoder on it. WebGPU must first pass a self-test; if it
 * does not, the reason goes to `onFallback` and wasm takes its place. What fails is disposed of.
 * @param bytes - Used up.
 */
export async function startDecoder(
  model: LoadedModel,
  bytes: Uint8Array,
  options: StartDecoderOptions,
): Promise<StartedDecoder> {
  const backend = options.started ?? (await options.createBackend(options));
  if (backend.name !== 'webgpu') return open(backend, model, bytes, options);
  try {
    // A copy, since opening may transfer the bytes, and wasm may need them yet.
    const started = await open(backend, model, bytes.slice(), options);
    const { assertGoldenPictures } = await part(import('./self-test.js'));
    await assertGoldenPictures(started.decoder, model, { signal: options.signal });
    return started;
  } catch (error) {
    await backend.dispose();
    throwIfAborted(options.signal);
    options.onFallback?.({ from: 'webgpu', to: 'wasm', reason: reasonOf(error) });
    const wasm = await options.createBackend({ ...options, backend: 'wasm' });
    return open(wasm, model, bytes, options);
  }
}

async function open(
  backend: Backend,
  model: LoadedModel,
  bytes: Uint8Array,
  options: TaskOptions,
): Promise<StartedDecoder> {
  try {
    return { backend, decoder: await compile(backend, model, 'decoder', bytes, options) };
  } catch (error) {
    await backend.dispose();
    throw error;
  }
}

/** The model's graphs that run. */
type Graph = 'encoder' | 'decoder' | 'decoder-int8' | 'locator' | 'landmarker';

/** Fetches one of the model's graphs and compiles it. */
export async function openSession(
  backend: Backend,
  model: LoadedModel,
  graph: Graph,
  options: TaskOptions,
): Promise<Session> {
  return compile(backend, model, graph, await model.file(graph, options), options);
}

/** Compiles a graph that has been fetched, and reports it as `compile`. @param bytes - Used up. */
export async function compile(
  backend: Backend,
  model: LoadedModel,
  name: Graph,
  bytes: Uint8Array,
  { signal, onProgress }: TaskOptions,
): Promise<Session> {
  onProgress?.({ phase: 'compile', loaded: 0, total: 1, item: name });
  const session = await backend.open(bytes, { name, signal, again: () => model.file(name) });
  onProgress?.({ phase: 'compile', loaded: 1, total: 1, item: name });
  return session;
}

function reasonOf(error: unknown): string {
  const { reason } = error instanceof FaceMorphError ? error.details : {};
  return typeof reason === 'string' ? `${messageOf(error)} (${reason})` : messageOf(error);
}
