/**
 * The only file that touches onnxruntime's objects and its global settings. The modules themselves
 * are imported by those who call it (`node.ts`, the two workers), because each wants another build.
 */
import type * as OrtTypes from 'onnxruntime-web';
import { FaceMorphError, throwIfAborted } from '../errors.js';
import type { Backend, Session, Tensor } from './backend.js';
import { SerialQueue } from './queue.js';
import { explainRunError, explainStartError } from './runtime-errors.js';
import { warmModel } from './warm-model.js';

/** What is used of onnxruntime: the same in its web and its Node package. */
export type Ort = Pick<typeof OrtTypes, 'InferenceSession' | 'Tensor' | 'env'>;

/** Settings of {@link createOrtBackend}. */
export interface OrtSettings {
  /** Name of the backend. */
  readonly name: string;
  readonly executionProvider: 'cpu' | 'wasm' | 'webgpu';
  readonly threads: number;
  readonly wasmPaths?: string | { readonly mjs?: string; readonly wasm?: string } | undefined;
}

/** 3 = errors only: nothing on stderr or the console in normal work. */
const LOG_SEVERITY = 3;

/**
 * A backend over a build of onnxruntime. Runs of all its sessions follow one another. Its wasm is
 * fetched and compiled from now on, not only when the first model is there.
 */
export function createOrtBackend(ort: Ort, settings: OrtSettings): Backend {
  configure(ort, settings);
  const queue = new SerialQueue();
  const sessions = new Set<Session>();
  let disposed = false;
  // What is wrong with the runtime, the first `open` finds too, and says.
  if (settings.executionProvider !== 'cpu') {
    queue.run(() => startRuntime(ort, settings)).catch(() => {});
  }

  return {
    name: settings.name,
    async open(model, { name, signal }) {
      const native = await queue.run(async () => {
        if (disposed) throw disposedError('backend', settings.name);
        const compiled = await compile(ort, settings, model, name);
        // The caller has gone: nobody else would free it.
        if (signal?.aborted) await compiled.release();
        return compiled;
      }, signal);
      const session = createSession(ort, native, name, queue, () => sessions.delete(session));
      sessions.add(session);
      return session;
    },
    async dispose() {
      disposed = true;
      await Promise.all([...sessions].map((session) => session.dispose()));
    },
  };
}

function configure(ort: Ort, { executionProvider, threads, wasmPaths }: OrtSettings): void {
  ort.env.logLevel = 'error';
  if (executionProvider === 'cpu') return;
  ort.env.wasm.proxy = false;
  ort.env.wasm.numThreads = threads;
  if (wasmPaths !== undefined) ort.env.wasm.wasmPaths = wasmPaths;
}

async function startRuntime(ort: Ort, settings: OrtSettings): Promise<void> {
  const session = await compile(ort, settings, warmModel(), 'runtime');
  await session.release();
}

async function compile(
  ort: Ort,
  { executionProvider, threads }: OrtSettings,
  model: Uint8Array,
  name: string,
): Promise<OrtTypes.InferenceSession> {
  try {
    return await ort.InferenceSession.create(model, {
      executionProviders: [executionProvider],
      logSeverityLevel: LOG_SEVERITY,
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
    });
  } catch (error) {
    throw explainStartError(error, name);
  }
}

function createSession(
  ort: Ort,
  native: OrtTypes.InferenceSession,
  name: string,
  queue: SerialQueue,
  onDispose: () => void,
): Session {
  let release: Promise<void> | undefined;
  return {
    run: (inputs, { signal } = {}) =>
      queue.run(async () => {
        if (release) throw disposedError('session', name);
        try {
          const outputs = await native.run(toNative(ort, inputs));
          throwIfAborted(signal);
          return fromNative(outputs, name);
        } catch (error) {
          throw explainRunError(error, name);
        }
      }, signal),
    dispose() {
      // In turn: what was asked for before is still answered.
      release ??= queue.run(() => native.release());
      onDispose();
      return release;
    },
  };
}

function toNative(
  ort: Ort,
  inputs: Readonly<Record<string, Tensor>>,
): Record<string, OrtTypes.Tensor> {
  const native: Record<string, OrtTypes.Tensor> = {};
  for (const [name, { type, data, dims }] of Object.entries(inputs)) {
    native[name] = new ort.Tensor(type, data as never, dims);
  }
  return native;
}

function fromNative(
  outputs: Readonly<Record<string, OrtTypes.OnnxValue>>,
  session: string,
): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = {};
  for (const [name, { type, data, dims }] of Object.entries(outputs)) {
    if (type === 'float32' && data instanceof Float32Array) tensors[name] = { type, data, dims };
    else if (type === 'uint8' && data instanceof Uint8Array) tensors[name] = { type, data, dims };
    else {
      throw new FaceMorphError(
        'INFERENCE_FAILED',
        `Output "${name}" of ${session} is ${type}, expected float32 or uint8`,
        { hint: 'The model file was not exported for FaceMorph.' },
      );
    }
  }
  return tensors;
}

function disposedError(what: string, name: string): FaceMorphError {
  return new FaceMorphError('DISPOSED', `The ${what} "${name}" is disposed of`, {
    hint: 'Open a new one.',
  });
}
