import { FaceMorphError, throwIfAborted } from '../../errors.js';
import { abortable } from '../abort.js';
import type { Backend, Session } from '../backend.js';
import type { CallKind, Calls, Request, Response, StartParams } from './protocol.js';
import { SilenceWatch } from './silence.js';

/** What is used of a `Worker`. */
export interface WorkerLike {
  postMessage(message: Request, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<Response>) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: (event: Event) => void): void;
  terminate(): void;
}

/**
 * Seconds without a word after which a Worker counts as lost; to open a model may take a weak device
 * longer, and a batch a second more for each of its items.
 */
const PATIENCE = 20;
const PATIENCE_OPEN = 60;

interface Pending {
  /** Seconds that it may take. */
  readonly patience: number;
  readonly resolve: (result: never) => void;
  readonly reject: (error: FaceMorphError) => void;
}

/**
 * A backend that works in a Worker. Its `dispose` terminates the Worker, since wasm memory is not
 * given back otherwise; what is in flight then rejects with `DISPOSED`. With `WORKER_LOST` when the
 * Worker breaks down, runs out of memory, or no longer says anything.
 * @throws {FaceMorphError} `BACKEND_UNAVAILABLE` when the Worker does not start; it is then ended.
 */
export async function createWorkerBackend(
  worker: WorkerLike,
  params: StartParams,
): Promise<Backend> {
  const channel = new Channel(worker);
  try {
    const { backend } = await channel.call('start', params);
    return backendOver(channel, backend);
  } catch (error) {
    channel.close(disposedError());
    throw error;
  }
}

function backendOver(channel: Channel, name: string): Backend {
  return {
    name,
    async open(model, { name, signal }) {
      // A view into a larger buffer is copied, so that no bytes of others go along.
      const whole = model.byteLength === model.buffer.byteLength ? model : model.slice();
      const transfer = [whole.buffer as ArrayBuffer];
      const { session } = await channel.call('open', { model: whole, name }, { signal, transfer });
      return sessionOver(channel, session);
    },
    async dispose() {
      channel.close(disposedError());
    },
  };
}

function sessionOver(channel: Channel, session: number): Session {
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    if (channel.open) await channel.call('close', { session });
  };
  return {
    run: async (inputs, { signal } = {}) => {
      if (closed) throw disposedError();
      return channel.call('run', { session, inputs }, { signal });
    },
    dispose() {
      closed ??= close().catch((error: FaceMorphError) => {
        // Ended in between: it is gone, which is what was asked for.
        if (error.code !== 'DISPOSED' && error.code !== 'WORKER_LOST') throw error;
      });
      return closed;
    },
  };
}

/** Requests and their answers, matched by id. */
class Channel {
  readonly #worker: WorkerLike;
  readonly #pending = new Map<number, Pending>();
  readonly #watch: SilenceWatch;
  #nextId = 1;
  /** Whether the Worker has ever answered: until then its script may still be on its way. */
  #started = false;
  #closed: FaceMorphError | undefined;

  constructor(worker: WorkerLike) {
    this.#worker = worker;
    this.#watch = new SilenceWatch({
      ask: () => this.#ask(),
      patience: () => Math.max(PATIENCE, ...this.#patience()),
      onLost: () => this.close(lostWorker('it no longer answers')),
    });
    worker.addEventListener('message', ({ data }) => this.#settle(data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const { message } = event as Partial<ErrorEvent>;
      this.close(this.#started ? lostWorker(message) : brokenWorker(message));
    });
    worker.addEventListener('messageerror', () => this.close(lostWorker('an unreadable message')));
  }

  get open(): boolean {
    return this.#closed === undefined;
  }

  /** Sends a request; an abort rejects at once and tells the Worker to skip it. */
  async call<K extends CallKind>(
    kind: K,
    params: Calls[K]['params'],
    { signal, transfer = [] }: { signal?: AbortSignal | undefined; transfer?: Transferable[] } = {},
  ): Promise<Calls[K]['result']> {
    throwIfAborted(signal);
    if (this.#closed) throw FaceMorphError.from(this.#closed.toJSON());
    const id = this.#nextId++;
    const patience = patienceFor(kind, params);
    const answer = new Promise<Calls[K]['result']>((resolve, reject) => {
      this.#pending.set(id, { patience, resolve, reject });
    });
    if (this.#started) this.#watch.start();
    try {
      this.#worker.postMessage({ id, kind, params } as Request, transfer);
      return await abortable(answer, signal);
    } finally {
      const waits = this.#pending.delete(id);
      if (waits && signal?.aborted) this.#worker.postMessage({ id, kind: 'cancel' }, []);
    }
  }

  /** Ends the Worker; what is in flight, and every later call, rejects with `reason`. */
  close(reason: FaceMorphError): void {
    if (this.#closed) return;
    this.#closed = reason;
    this.#watch.stop();
    this.#worker.terminate();
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }

  /** Nothing is waited for: nothing need be said. */
  #ask(): void {
    if (this.#pending.size === 0) this.#watch.stop();
    else this.#worker.postMessage({ id: 0, kind: 'ping' }, []);
  }

  *#patience(): Iterable<number> {
    for (const { patience } of this.#pending.values()) yield patience;
  }

  #settle(response: Response): void {
    this.#started = true;
    this.#watch.heard();
    const pending = this.#pending.get(response.id);
    if (response.ok) {
      const { session } = response.result as Partial<Calls['open']['result']>;
      if (pending) pending.resolve(response.result as never);
      // It was opened for a caller who has gone.
      else if (session) this.call('close', { session }).catch(() => {});
      return;
    }
    pending?.reject(FaceMorphError.from(response.error));
    // Wasm does not give memory back, and may have stopped in the middle of its work.
    if (response.error.details.outOfMemory) this.close(lostWorker('it has run out of memory'));
  }
}

function patienceFor<K extends CallKind>(kind: K, params: Calls[K]['params']): number {
  if (kind === 'open') return PATIENCE_OPEN;
  if (kind !== 'run') return PATIENCE;
  const inputs = Object.values((params as Calls['run']['params']).inputs);
  return PATIENCE + Math.max(0, ...inputs.map(({ dims }) => (dims[0] ?? 1) - 1));
}

/** What is asked of a backend after its end. */
export function disposedError(): FaceMorphError {
  return new FaceMorphError('DISPOSED', 'The backend is disposed of', { hint: 'Load again.' });
}

function lostWorker(reason: string | undefined): FaceMorphError {
  return new FaceMorphError(
    'WORKER_LOST',
    `FaceMorph’s Worker was lost: ${reason || 'it failed'}`,
    {
      hint: 'If it happens again, this device may have too little memory: close other tabs or programs.',
    },
  );
}

function brokenWorker(reason: string | undefined): FaceMorphError {
  return new FaceMorphError(
    'BACKEND_UNAVAILABLE',
    `FaceMorph’s Worker failed${reason ? `: ${reason}` : ' to load'}`,
    {
      hint: "Check that the bundler emits worker.js, that the server sends it as JavaScript, and that the Content-Security-Policy allows worker-src 'self' and script-src 'wasm-unsafe-eval'.",
    },
  );
}
