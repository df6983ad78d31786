/** Entry of the Worker that computes with wasm on the CPU. */
import * as ort from 'onnxruntime-web/wasm';
import { createOrtBackend } from './runtime/ort.js';
import { type HostPort, serve } from './runtime/worker/host.js';

serve(globalThis as unknown as HostPort, async (params) =>
  createOrtBackend(ort, { name: 'wasm', executionProvider: 'wasm', ...params }),
);
