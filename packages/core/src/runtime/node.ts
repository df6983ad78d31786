/**
 * Models in Node: onnxruntime-node where it is installed, else onnxruntime-web (wasm, about a third
 * of the speed, the same results). Both block the thread while they run: a server keeps one
 * FaceMorph in each of several worker threads.
 */
import { FaceMorphError, invalidArgument } from '../errors.js';
import type { Backend } from './backend.js';
import type { BackendOptions } from './options.js';
import { createOrtBackend, type Ort } from './ort.js';
import { messageOf } from './runtime-errors.js';
import { forbidTelemetry } from './telemetry.node.js';
import { threadCount } from './threads.js';

/** How the two builds of onnxruntime are imported; tests put others in their place. */
export interface OrtImports {
  readonly native: () => Promise<Ort>;
  readonly wasm: () => Promise<Ort>;
}

const IMPORTS: OrtImports = {
  // The notes are for bundlers of servers, such as Next's: it may be absent, and is never to be bundled.
  native: async () =>
    unwrap(await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ 'onnxruntime-node')),
  wasm: async () => unwrap(await import('onnxruntime-web')),
};

/**
 * Starts the backend of Node.
 * @throws {FaceMorphError} `DEPENDENCY_MISSING` when onnxruntime-node was asked for by name and is
 * not installed, `BACKEND_UNAVAILABLE` when it does not work here, `ARGUMENT_INVALID`.
 */
export async function createNodeBackend(
  options: BackendOptions = {},
  imports: OrtImports = IMPORTS,
): Promise<Backend> {
  const { backend = 'auto', wasmPaths } = options;
  const threads = threadCount(options.threads);
  const wasm = async (): Promise<Backend> =>
    createOrtBackend(await importOrt(imports.wasm, 'onnxruntime-web'), {
      name: 'wasm',
      executionProvider: 'wasm',
      threads,
      wasmPaths,
    });
  const native = async (): Promise<Backend> => {
    forbidTelemetry();
    return createOrtBackend(await importOrt(imports.native, 'onnxruntime-node'), {
      name: 'onnxruntime-node',
      executionProvider: 'cpu',
      threads,
    });
  };

  switch (backend) {
    case 'onnxruntime-node':
      return native();
    case 'wasm':
      return wasm();
    case 'webgpu':
      throw new FaceMorphError('BACKEND_UNAVAILABLE', 'There is no WebGPU in Node', {
        hint: "Use backend: 'auto'.",
      });
    case 'auto':
      try {
        return await native();
      } catch (error) {
        options.onFallback?.({ from: 'onnxruntime-node', to: 'wasm', reason: messageOf(error) });
        return wasm();
      }
    default:
      throw invalidArgument("'auto', 'onnxruntime-node', 'wasm' or a Backend", 'backend', backend);
  }
}

async function importOrt(load: () => Promise<Ort>, name: string): Promise<Ort> {
  try {
    return await load();
  } catch (cause) {
    const missing = /ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND/.test(
      String((cause as { code?: unknown } | null)?.code),
    );
    // Its own native library may be what is not found; only a missing package is "not installed".
    if (missing && messageOf(cause).includes(`'${name}'`)) {
      throw new FaceMorphError('DEPENDENCY_MISSING', `${name} is not installed`, {
        hint: `npm i ${name}`,
        cause,
      });
    }
    throw new FaceMorphError(
      'BACKEND_UNAVAILABLE',
      `${name} does not start here: ${messageOf(cause)}`,
      {
        hint: "Use backend: 'wasm'. onnxruntime-node has no build for Alpine Linux and Intel Macs.",
        cause,
      },
    );
  }
}

/** The namespace of a CommonJS package may hold its exports under `default`. */
function unwrap(module: object): Ort {
  return ('InferenceSession' in module ? module : (module as { default: Ort }).default) as Ort;
}
