import { FaceMorphError } from '../../errors.js';
import { messageOf } from '../runtime-errors.js';
import type { JobKind, Jobs, ThreadReady, ThreadRequest, ThreadResponse } from './protocol.js';

/** What is used of a `Worker` of `node:worker_threads`. */
export interface ThreadPort {
  postMessage(request: ThreadRequest): void;
  on(event: 'message', listener: (response: ThreadResponse) => void): unknown;
  on(event: 'error' | 'messageerror', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): Promise<unknown>;
}

/** Milliseconds after which a thread that was asked to end is stuck in a loop of JavaScript. */
const STUCK = 10_000;

/** One worker thread of a pool: it loads a model once, then does one job at a time. */
export class PoolThread {
  /** Settles when the model is loaded. Rejects with the reason when it is not; the thread then ends. */
  readonly ready: Promise<ThreadReady>;
  /** Resolves when the thread is gone, for whatever reason. */
  readonly gone: Promise<void>;
  readonly #port: ThreadPort;
  readonly #pending = new Map<number, Settlers>();
  #nextId = 1;
  #lost: FaceMorphError | undefined;

  constructor(port: ThreadPort) {
    this.#port = port;
    this.ready = new Promise<ThreadReady>((resolve, reject) => {
      this.#pending.set(0, { resolve: resolve as Settlers['resolve'], reject });
    });
    this.gone = new Promise((resolve) => {
      port.on('exit', (code) => {
        this.#lose(`it ended with code ${code}`);
        resolve();
      });
    });
    port.on('message', (response) => this.#settle(response));
    port.on('messageerror', () => void this.end('its message was unreadable'));
    // An `exit` follows.
    port.on('error', (error) => this.#lose(messageOf(error)));
  }

  /**
   * Does a job.
   * @throws {FaceMorphError} what the job rejects with; `WORKER_LOST` when the thread ends first.
   */
  run<K extends JobKind>(kind: K, params: Jobs[K]['params']): Promise<Jobs[K]['result']> {
    if (this.#lost) return Promise.reject(this.#lost);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as Settlers['resolve'], reject });
      try {
        this.#port.postMessage({ id, kind, params } as ThreadRequest);
      } catch (error) {
        this.#pending.delete(id);
        reject(notPortable(error));
      }
    });
  }

  /** Asks for the job at hand to be given up; it ends at its next step. */
  cancel(): void {
    if (!this.#lost) this.#port.postMessage({ id: this.#nextId - 1, kind: 'cancel' });
  }

  /**
   * Ends the thread; what it works on rejects with `WORKER_LOST`. It is asked to give up its job and
   * free its model: `terminate` in the middle of a run of onnxruntime-node ends the whole process.
   */
  async end(reason: string): Promise<void> {
    if (!this.#lost) {
      this.#port.postMessage({ id: this.#nextId, kind: 'close' });
      this.#lose(reason);
    }
    const timer = setTimeout(() => void this.#port.terminate(), STUCK);
    timer.unref();
    await this.gone;
    clearTimeout(timer);
  }

  #settle(response: ThreadResponse): void {
    const settlers = this.#pending.get(response.id);
    this.#pending.delete(response.id);
    if (response.ok) settlers?.resolve(response.result);
    else settlers?.reject(FaceMorphError.from(response.error));
  }

  #lose(reason: string): void {
    this.#lost ??= new FaceMorphError('WORKER_LOST', `A worker thread was lost: ${reason}`, {
      hint: 'If it happens again with the same input, it may need more memory than there is.',
    });
    for (const { reject } of this.#pending.values()) reject(this.#lost);
    this.#pending.clear();
  }
}

interface Settlers {
  resolve(result: ThreadReady | Jobs[JobKind]['result']): void;
  reject(error: FaceMorphError): void;
}

function notPortable(cause: unknown): FaceMorphError {
  return new FaceMorphError(
    'ARGUMENT_INVALID',
    `The job cannot be sent to a worker thread: ${messageOf(cause)}`,
    { hint: 'Give plain data: no functions, no streams.', cause },
  );
}
