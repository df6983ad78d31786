/** Milliseconds between two looks. They pass only while the page is awake, as its Worker then is. */
const LOOK = 1000;
/** Looks without a word after which the Worker is asked for one, and after which it counts as lost. */
const ASK = 5;
const LOST = 20;

/**
 * Notices that a Worker no longer says anything: a browser may end one without an event, and one can
 * hang. It answers a ping as soon as it is not computing, and no computation takes long.
 */
export class SilenceWatch {
  readonly #ask: () => void;
  readonly #onLost: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #silent = 0;

  /** @param ask - Asks the Worker for a word. @param onLost - Called once, after 20 seconds. */
  constructor(ask: () => void, onLost: () => void) {
    this.#ask = ask;
    this.#onLost = onLost;
  }

  /** Begins to listen, or goes on. */
  start(): void {
    if (this.#timer !== undefined) return;
    this.#silent = 0;
    this.#timer = setInterval(() => this.#look(), LOOK);
  }

  /** The Worker has said something. */
  heard(): void {
    this.#silent = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    this.#silent++;
    if (this.#silent >= LOST) {
      this.stop();
      this.#onLost();
    } else if (this.#silent % ASK === 0) this.#ask();
  }
}
