/** What the page and its Worker say to each other. Every request is answered once, by its id. */
import type { SerializedError } from '../../errors.js';
import type { Tensor } from '../backend.js';

/** Settings of the runtime inside the Worker. */
export interface StartParams {
  readonly threads: number;
  readonly wasmPaths?: string | { readonly mjs?: string; readonly wasm?: string } | undefined;
}

/** Parameters and result of each kind of request. */
export interface Calls {
  start: { params: StartParams; result: { readonly backend: string } };
  open: {
    params: { readonly model: Uint8Array; readonly name: string };
    result: { readonly session: number };
  };
  run: {
    params: { readonly session: number; readonly inputs: Readonly<Record<string, Tensor>> };
    result: Record<string, Tensor>;
  };
  close: { params: { readonly session: number }; result: Record<string, never> };
}

export type CallKind = keyof Calls;

/** Asks for work, cancels an earlier request, or asks for a sign of life. */
export type Request =
  | {
      [K in CallKind]: {
        readonly id: number;
        readonly kind: K;
        readonly params: Calls[K]['params'];
      };
    }[CallKind]
  | { readonly id: number; readonly kind: 'cancel' }
  /** Answered at once, unless the Worker is computing. */
  | { readonly id: 0; readonly kind: 'ping' };

/** The answer to one request. */
export type Response =
  | { readonly id: number; readonly ok: true; readonly result: Calls[CallKind]['result'] }
  | { readonly id: number; readonly ok: false; readonly error: SerializedError };
