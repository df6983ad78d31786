import type { Backend } from './backend.js';

/** The backends in the box. `auto` takes the best one available. */
export type BackendName = 'auto' | 'onnxruntime-node' | 'wasm' | 'webgpu';

/** How models are run. */
export interface BackendOptions {
  /** @defaultValue `'auto'` */
  readonly backend?: BackendName | Backend | undefined;
  /**
   * Threads for one picture. More than one needs cross-origin isolation in the browser.
   * @defaultValue 1
   */
  readonly threads?: number | undefined;
  /** Browser: where onnxruntime's wasm (and its loader) is served, if not beside the bundle. */
  readonly wasmPaths?: string | { readonly mjs?: string; readonly wasm?: string } | undefined;
  /** Called when something faster was wanted, a backend or the decoder for live frames, and could not be used. */
  readonly onFallback?:
    | ((fallback: { readonly from: string; readonly to: string; readonly reason: string }) => void)
    | undefined;
}
