import { FaceMorphError } from '../errors.js';

const OUT_OF_MEMORY = {
  pattern:
    /out of memory|memory access out of bounds|bad_alloc|allocation failed|failed to allocate memory|maximum memory size|Aborted\(OOM/i,
  message: 'There was not enough memory',
  hint: 'Close other tabs or programs, or work on fewer pictures at a time.',
};

const CAUSES: readonly { pattern: RegExp; message: string; hint: string }[] = [
  {
    // A page that says "not found" or "forbidden", or a single-page app's index.html.
    pattern: /expected magic word|Incorrect response MIME type/i,
    message:
      'In place of onnxruntime’s wasm file the server sent something else, such as a web page',
    hint: 'Serve ort-wasm-simd-threaded.wasm of the installed onnxruntime-web and give its address in `wasmPaths`. In a monorepo with Vite, add the folder of node_modules to server.fs.allow.',
  },
  {
    pattern: /_Ort\w+ is not a function|LinkError|import object field|not a function.*wasm/is,
    message: 'onnxruntime’s JavaScript and its wasm file are of different versions',
    hint: 'Serve the wasm file of the very onnxruntime-web that is bundled, and clear the caches in between.',
  },
  {
    pattern: /unsafe-eval|Content Security Policy/i,
    message: 'The page’s Content-Security-Policy forbids WebAssembly',
    hint: "Add 'wasm-unsafe-eval' to script-src.",
  },
  OUT_OF_MEMORY,
  {
    pattern: /no available backend found|failed to fetch|both async and sync fetching|initWasm/i,
    message: 'onnxruntime’s wasm file could not be loaded',
    hint: 'Check in the network panel that ort-wasm-simd-threaded.wasm is served, or give its address in `wasmPaths`.',
  },
];

/** Names the cause of a failure to start the runtime or to compile the model `name`. */
export function explainStartError(error: unknown, name: string): FaceMorphError {
  if (error instanceof FaceMorphError) return error;
  const text = messageOf(error);
  const cause = CAUSES.find(({ pattern }) => pattern.test(text));
  if (cause) {
    return new FaceMorphError('BACKEND_UNAVAILABLE', cause.message, {
      hint: cause.hint,
      details: { name, reason: text, ...(cause === OUT_OF_MEMORY ? { outOfMemory: true } : {}) },
      cause: error,
    });
  }
  return new FaceMorphError('INFERENCE_FAILED', `onnxruntime refused the ${name}: ${text}`, {
    hint: 'The model file may be for another version of onnxruntime.',
    details: { name },
    cause: error,
  });
}

/** Names the cause of a failed run of the model `name`. */
export function explainRunError(error: unknown, name: string): FaceMorphError {
  if (error instanceof FaceMorphError) return error;
  const reason = messageOf(error);
  if (OUT_OF_MEMORY.pattern.test(reason)) {
    return new FaceMorphError('INFERENCE_FAILED', `${OUT_OF_MEMORY.message} for the ${name}`, {
      hint: OUT_OF_MEMORY.hint,
      details: { name, reason, outOfMemory: true },
      cause: error,
    });
  }
  return new FaceMorphError('INFERENCE_FAILED', `The ${name} failed: ${reason}`, {
    hint: 'Check the names, types and sizes of the inputs.',
    details: { name },
    cause: error,
  });
}

/** The text of whatever was thrown, on one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, ' ').trim();
}
