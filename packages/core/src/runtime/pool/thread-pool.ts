import { abortError, FaceMorphError, invalidArgument, throwIfAborted } from '../../errors.js';
import { abortable } from '../abort.js';
import type { JobOptions } from './pool-types.js';
import type { JobKind, Jobs, ThreadReady } from './protocol.js';
import { PoolThread, type ThreadPort } from './thread.js';

/** Options of {@link ThreadPool.start}. */
export interface ThreadPoolOptions {
  readonly workers: number;
  readonly maxQueue: number;
  readonly startThread: () => ThreadPort;
  readonly signal: AbortSignal | undefined;
}

/** How often a job is tried that loses its thread: it may have been the job that brought it down. */
const ATTEMPTS = 2;
/** The longest that a timer can wait, in ms: it fires at once when it is asked for more. */
const MAX_TIMEOUT = 2 ** 31 - 1;
/** How often in a row a thread may fail to load before its place stays empty, and the first pause in ms. */
const STARTS = { most: 3, pause: 200 };

interface Job {
  readonly kind: JobKind;
  readonly params: Jobs[JobKind]['params'];
  readonly timeout: number | undefined;
  readonly onStart: (() => void) | undefined;
  attempts: number;
  /** Whether nobody waits for it any more. */
  settled: boolean;
  resolve(result: Jobs[JobKind]['result']): void;
  reject(error: unknown): void;
}

/** Threads, the queue of jobs before them, and the replacement of threads that are lost. */
export class ThreadPool {
  readonly maxQueue: number;
  replaced = 0;
  readonly #startThread: () => ThreadPort;
  readonly #threads = new Set<PoolThread>();
  readonly #idle: PoolThread[] = [];
  readonly #running = new Map<PoolThread, Job>();
  readonly #waiting: Job[] = [];
  readonly #wantRoom: (() => void)[] = [];
  #places: number;
  /** Why no more jobs are taken. */
  #closed: FaceMorphError | undefined;
  #disposal: Promise<void> | undefined;

  private constructor({ workers, maxQueue, startThread }: ThreadPoolOptions) {
    this.maxQueue = maxQueue;
    this.#startThread = startThread;
    this.#places = workers;
  }

  /** Resolves when every thread has loaded; when one does not, rejects with its reason. */
  static async start(
    options: ThreadPoolOptions,
  ): Promise<{ pool: ThreadPool; ready: ThreadReady }> {
    const pool = new ThreadPool(options);
    try {
      const starts = Array.from({ length: options.workers }, () => pool.#open().ready);
      const [ready] = await abortable(Promise.all(starts), options.signal);
      return { pool, ready: ready as ThreadReady };
    } catch (error) {
      // Those that still load end when they have.
      void pool.dispose();
      throw error;
    }
  }

  get running(): number {
    return this.#running.size;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Does a job when a thread is free. @throws {FaceMorphError} as `Pool.encode` */
  async run<K extends JobKind>(
    kind: K,
    params: Jobs[K]['params'],
    { signal, timeout, onStart }: JobOptions,
  ): Promise<Jobs[K]['result']> {
    if (this.#closed) throw this.#closed;
    throwIfAborted(signal);
    const limit = limitOf(timeout);
    if (this.#isFull()) throw busy(this.#waiting.length, this.#running.size);
    let job!: Job;
    const done = new Promise<Jobs[K]['result']>((resolve, reject) => {
      job = {
        kind,
        params,
        timeout: limit,
        onStart,
        attempts: 0,
        settled: false,
        resolve: resolve as never,
        reject,
      };
    });
    const onAbort = (): void => this.#abandon(job, abortError(signal as AbortSignal));
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#waiting.push(job);
    this.#next();
    try {
      return await done;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  async room(signal: AbortSignal | undefined): Promise<void> {
    if (this.#closed) throw this.#closed;
    throwIfAborted(signal);
    if (!this.#isFull()) return;
    let wake!: () => void;
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    this.#wantRoom.push(wake);
    try {
      await abortable(woken, signal);
    } finally {
      remove(this.#wantRoom, wake);
    }
    if (this.#closed) throw this.#closed;
  }

  dispose(): Promise<void> {
    this.#disposal ??= this.#close(disposedError());
    return this.#disposal;
  }

  async #close(reason: FaceMorphError): Promise<void> {
    this.#closed = reason;
    for (const job of this.#waiting.splice(0)) settle(job, () => job.reject(reason));
    for (const job of this.#running.values()) settle(job, () => job.reject(reason));
    for (const wake of this.#wantRoom.splice(0)) wake();
    await Promise.all([...this.#threads].map((thread) => thread.end('the pool is disposed of')));
  }

  /** A thread in a free place; it takes jobs as soon as it has loaded. */
  #open(failures = 0): PoolThread {
    const thread = new PoolThread(this.#startThread());
    this.#threads.add(thread);
    let failure: FaceMorphError | undefined;
    thread.ready.then(
      () => this.#free(thread),
      (error) => {
        failure = error;
      },
    );
    void thread.gone.then(() => {
      this.#threads.delete(thread);
      remove(this.#idle, thread);
      if (this.#closed) return;
      if (failure === undefined) this.replaced++;
      this.#replace(failure, failure ? failures + 1 : 0);
    });
    return thread;
  }

  #replace(failure: FaceMorphError | undefined, failures: number): void {
    if (failure && failures >= STARTS.most) {
      this.#places--;
      if (this.#places === 0) void this.#close(failure);
      return;
    }
    if (failures === 0) this.#open();
    else {
      const again = (): void => {
        if (!this.#closed) this.#open(failures);
      };
      setTimeout(again, STARTS.pause * 2 ** (failures - 1));
    }
  }

  #free(thread: PoolThread): void {
    if (this.#closed) return;
    this.#idle.push(thread);
    this.#next();
  }

  /** Brings waiting jobs and idle threads together. */
  #next(): void {
    while (this.#idle.length > 0 && this.#waiting.length > 0) {
      void this.#work(this.#idle.shift() as PoolThread, this.#waiting.shift() as Job);
    }
    this.#wakeNext();
  }

  /**
   * Tells one who waits that there is room. Whether that one takes it or not, the next is told when it has
   * had its turn: nobody waits beside room, and few jobs of those who waited are refused.
   */
  #wakeNext(): void {
    if (this.#wantRoom.length === 0 || this.#isFull()) return;
    this.#wantRoom.shift()?.();
    setImmediate(() => this.#wakeNext());
  }

  async #work(thread: PoolThread, job: Job): Promise<void> {
    this.#running.set(thread, job);
    job.attempts++;
    const timer = job.timeout && setTimeout(() => this.#timeOut(thread, job), job.timeout);
    let lost = false;
    try {
      job.onStart?.();
      const result = await thread.run(job.kind, job.params);
      settle(job, () => job.resolve(result));
    } catch (error) {
      lost = (error as FaceMorphError | undefined)?.code === 'WORKER_LOST';
      const again = lost && !job.settled && !this.#closed && job.attempts < ATTEMPTS;
      // It has waited before: it is the next.
      if (again) this.#waiting.unshift(job);
      else settle(job, () => job.reject(error));
    }
    clearTimeout(timer);
    this.#running.delete(thread);
    if (!lost) this.#free(thread);
    else this.#next();
  }

  #timeOut(thread: PoolThread, job: Job): void {
    settle(job, () => job.reject(timeoutError(job.timeout as number)));
    void thread.end('a job ran too long');
  }

  /** For a caller who has gone: a job that waits is dropped, one that runs is told to stop. */
  #abandon(job: Job, reason: FaceMorphError): void {
    settle(job, () => job.reject(reason));
    if (remove(this.#waiting, job)) {
      this.#next();
      return;
    }
    for (const [thread, running] of this.#running) if (running === job) thread.cancel();
  }

  #isFull(): boolean {
    return this.#idle.length === 0 && this.#waiting.length >= this.maxQueue;
  }
}

/** Milliseconds that a job may run, if there is a limit. @throws {FaceMorphError} `ARGUMENT_INVALID` */
function limitOf(timeout: number = Number.POSITIVE_INFINITY): number | undefined {
  if (timeout === 0 || timeout === Number.POSITIVE_INFINITY) return undefined;
  if (Number.isFinite(timeout) && timeout > 0 && timeout <= MAX_TIMEOUT) return timeout;
  throw invalidArgument(`ms up to ${MAX_TIMEOUT} or Infinity`, 'timeout', timeout);
}

function settle(job: Job, tell: () => void): void {
  if (job.settled) return;
  job.settled = true;
  tell();
}

function remove<T>(list: T[], item: T): boolean {
  const at = list.indexOf(item);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}

function busy(waiting: number, running: number): FaceMorphError {
  return new FaceMorphError('BUSY', `The pool is full: ${running} jobs run and ${waiting} wait`, {
    hint: 'Try again later, or wait for pool.room() before each job.',
    details: { running, waiting },
  });
}

function timeoutError(timeout: number): FaceMorphError {
  return new FaceMorphError('TIMEOUT', `The job ran longer than ${timeout} ms`, {
    hint: 'Give it more time, or a smaller picture.',
    details: { timeout },
  });
}

function disposedError(): FaceMorphError {
  return new FaceMorphError('DISPOSED', 'The pool is disposed of', { hint: 'Create a new one.' });
}
