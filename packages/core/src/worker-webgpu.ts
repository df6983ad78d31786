/**
 * Entry of the Worker that computes on the GPU. A file of its own, so that nobody downloads this
 * larger build of onnxruntime without asking for it.
 */
import * as ort from 'onnxruntime-web/webgpu';
import { FaceMorphError } from './errors.js';
import { createOrtBackend } from './runtime/ort.js';
import { type HostPort, serve } from './runtime/worker/host.js';

interface Gpu {
  requestAdapter(): Promise<object | null>;
}

serve(globalThis as unknown as HostPort, async (params) => {
  const gpu = (navigator as { gpu?: Gpu }).gpu;
  if (!(await gpu?.requestAdapter())) {
    throw new FaceMorphError('BACKEND_UNAVAILABLE', 'This browser has no WebGPU adapter', {
      hint: "Use backend: 'auto'.",
    });
  }
  return createOrtBackend(ort, { name: 'webgpu', executionProvider: 'webgpu', ...params });
});
