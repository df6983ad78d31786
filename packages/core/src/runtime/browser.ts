/** Models in the browser: in an own Worker, so that the page stays free while they run. */
import { FaceMorphError, invalidArgument } from '../errors.js';
import { pageUrl } from '../page-url.js';
import type { Backend } from './backend.js';
import type { BackendOptions } from './options.js';
import { messageOf } from './runtime-errors.js';
import { threadCount } from './threads.js';
import { createWorkerBackend, type WorkerLike } from './worker/client.js';
import { createSteadyBackend } from './worker/steady.js';

/** How the two Workers are started; tests put others in their place. */
export interface WorkerStarters {
  readonly wasm: () => WorkerLike;
  readonly webgpu: () => WorkerLike;
}

// Bundlers look for exactly this form, with literals, in the built file beside worker.js.
const STARTERS: WorkerStarters = {
  wasm: () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }),
  webgpu: () => new Worker(new URL('./worker-webgpu.js', import.meta.url), { type: 'module' }),
};

/**
 * Starts the backend of the browser. `webgpu` falls back to wasm where there is none. A Worker that is
 * lost later is replaced by another.
 * @throws {FaceMorphError} `BACKEND_UNAVAILABLE`, `ARGUMENT_INVALID`
 */
export async function createBrowserBackend(
  options: BackendOptions = {},
  starters: WorkerStarters = STARTERS,
): Promise<Backend> {
  const { backend = 'auto' } = options;
  const params = { threads: threadCount(options.threads), wasmPaths: absolute(options.wasmPaths) };
  const start = (kind: keyof WorkerStarters): Promise<Backend> =>
    createSteadyBackend(async () => createWorkerBackend(startWorker(starters[kind]), params));

  switch (backend) {
    case 'auto':
    case 'wasm':
      return start('wasm');
    case 'webgpu':
      try {
        return await start('webgpu');
      } catch (error) {
        options.onFallback?.({ from: 'webgpu', to: 'wasm', reason: messageOf(error) });
        return start('wasm');
      }
    case 'onnxruntime-node':
      throw new FaceMorphError('BACKEND_UNAVAILABLE', 'onnxruntime-node runs in Node only', {
        hint: "Use backend: 'auto'.",
      });
    default:
      throw invalidArgument("'auto', 'wasm', 'webgpu' or a Backend", 'backend', backend);
  }
}

function startWorker(start: () => WorkerLike): WorkerLike {
  try {
    return start();
  } catch (cause) {
    throw new FaceMorphError(
      'BACKEND_UNAVAILABLE',
      `No Worker can be started: ${messageOf(cause)}`,
      {
        hint: 'Workers must come from the origin of the page: serve the library from your own host.',
        cause,
      },
    );
  }
}

/** Addresses relative to the page: inside the Worker they would be relative to its file. */
function absolute(paths: BackendOptions['wasmPaths']): BackendOptions['wasmPaths'] {
  if (paths === undefined) return undefined;
  const resolve = (path: string): string => pageUrl(path, 'wasmPaths').href;
  if (typeof paths === 'string') return resolve(paths);
  return {
    ...(paths.mjs === undefined ? {} : { mjs: resolve(paths.mjs) }),
    ...(paths.wasm === undefined ? {} : { wasm: resolve(paths.wasm) }),
  };
}
