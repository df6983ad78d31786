/** Milliseconds between two looks. */
const LOOK = 1000;
/** Looks without a word after each of which the Worker is asked for one. */
const ASK = 5;

/** What a {@link SilenceWatch} does, and how long it waits. */
export interface Watched {
  /** Asks the Worker for a word, which it gives as soon as it is not computing. */
  readonly ask: () => void;
  /** Seconds that what is under way may take without a word. */
  readonly patience: () => number;
  /** Called once, when patience is at its end. */
  readonly onLost: () => void;
}

/**
 * Notices that a Worker no longer says anything: a browser may end one without an event, and one can
 * hang. Only seconds count in which the page is awake and seen: a device asleep stops page and Worker
 * alike, and Workers of a hidden page may be slowed down or stopped for as long as it is hidden.
 */
export class SilenceWatch {
  readonly #watched: Watched;
  #timer: ReturnType<typeof setInterval> | undefined;
  #silent = 0;

  constructor(watched: Watched) {
    this.#watched = watched;
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
    if (isHidden()) {
      // Seen again, the page gives its Worker the whole time once more: it may have to be woken.
      this.#silent = 0;
      return;
    }
    this.#silent++;
    if (this.#silent >= this.#watched.patience()) {
      this.stop();
      this.#watched.onLost();
    } else if (this.#silent % ASK === 0) this.#watched.ask();
  }
}

function isHidden(): boolean {
  return globalThis.document?.visibilityState === 'hidden';
}
