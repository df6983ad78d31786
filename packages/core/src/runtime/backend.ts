/** A dense tensor, row-major. */
export type Tensor =
  | { readonly type: 'float32'; readonly dims: readonly number[]; readonly data: Float32Array }
  | { readonly type: 'uint8'; readonly dims: readonly number[]; readonly data: Uint8Array };

/** Options of {@link Backend.open}. */
export interface OpenOptions {
  /** Shown in errors and progress, such as `decoder`. */
  readonly name: string;
  readonly signal?: AbortSignal | undefined;
  /**
   * Gives the model's bytes once more. A backend that loses what it runs in, such as a Worker that the
   * browser ends, can then start over by itself.
   */
  readonly again?: (() => Promise<Uint8Array>) | undefined;
}

/**
 * What a platform must supply to run the model. Two come in the box (Node and browser);
 * any other can be written in a page of code and handed to `FaceMorph.load({ backend })`.
 */
export interface Backend {
  /** Such as `onnxruntime-node`, `wasm`, `webgpu`. */
  readonly name: string;
  /** Compiles an ONNX model. The bytes may be transferred and must not be used afterwards. */
  open(model: Uint8Array, options: OpenOptions): Promise<Session>;
  /** Frees what the backend holds beyond its sessions (a Worker). Safe to call twice. */
  dispose(): Promise<void>;
}

/**
 * One compiled model. Calls to `run` may overlap; the session works on them in order. What `run`
 * gives belongs to the caller: the session does not write to it again.
 */
export interface Session {
  run(
    inputs: Readonly<Record<string, Tensor>>,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<Record<string, Tensor>>;
  dispose(): Promise<void>;
}
