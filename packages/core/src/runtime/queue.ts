import { throwIfAborted } from '../errors.js';
import { abortable } from './abort.js';

/**
 * Runs jobs one after the other, in the order in which they were added.
 * A job that rejects does not stop the next one.
 */
export class SerialQueue {
  #tail: Promise<unknown> = Promise.resolve();
  #size = 0;

  /** Jobs waiting or running. */
  get size(): number {
    return this.#size;
  }

  /**
   * Adds a job and gives its result.
   * @throws {FaceMorphError} `ABORTED` as soon as the signal fires: a job that still waits is
   * never run; one that runs goes on unseen, and the next waits for its end.
   */
  run<T>(job: () => Promise<T> | T, signal?: AbortSignal): Promise<T> {
    this.#size++;
    const turn = this.#tail.then(() => {
      throwIfAborted(signal);
      return job();
    });
    const leave = (): void => {
      this.#size--;
    };
    this.#tail = turn.then(leave, leave);
    return abortable(turn, signal);
  }

  /** Resolves when the jobs added so far have ended, whether they failed or not. */
  async idle(): Promise<void> {
    await this.#tail;
  }
}
