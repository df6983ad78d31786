/** A job that has been handed to the pool. */
export interface Ticket {
  /** A thread has taken it up. */
  start(): void;
  /** It is over. What it took teaches the estimate, unless it was cut short. */
  end(isWhole: boolean): void;
}

interface Entry {
  /** Milliseconds that it should take. */
  readonly expected: number;
  /** When a thread took it up. */
  started?: number;
}

/** How much the newest job of a kind counts in the time that one of its units is said to take. */
const WEIGHT = 0.2;

/**
 * What waits and what runs, in milliseconds as far as they can be told: a new job's wait depends on
 * how long the jobs before it are, not on how many they are.
 */
export class Workload {
  readonly #workers: number;
  readonly #now: () => number;
  /** Milliseconds a unit, by kind; nothing is known of kinds that were never seen. */
  readonly #pace = new Map<string, number>();
  /** In the order in which they came. */
  readonly #entries = new Set<Entry>();

  /** @param now - A clock in milliseconds. */
  constructor(workers: number, now: () => number = () => performance.now()) {
    this.#workers = workers;
    this.#now = now;
  }

  /**
   * Counts a job in.
   * @param kind - Jobs of a kind take about the same time for each unit.
   * @param units - How large it is, above 0: pictures, or bytes of one.
   */
  enter(kind: string, units: number): Ticket {
    const entry: Entry = { expected: (this.#pace.get(kind) ?? 0) * units };
    this.#entries.add(entry);
    return {
      start: () => {
        entry.started = this.#now();
      },
      end: (isWhole) => {
        this.#entries.delete(entry);
        if (isWhole && entry.started !== undefined) {
          this.#learn(kind, (this.#now() - entry.started) / units);
        }
      },
    };
  }

  /** Milliseconds until a job that comes now would be taken up. */
  expectedWait(): number {
    const entries = [...this.#entries];
    const running = entries.filter(({ started }) => started !== undefined);
    const free = running.map((entry) => this.#left(entry)).sort((a, b) => a - b);
    // Threads with nothing to do, or none for want of which nothing could be said.
    while (free.length < this.#workers) free.unshift(0);
    for (const entry of entries) {
      if (entry.started !== undefined) continue;
      const first = free.indexOf(Math.min(...free));
      free[first]! += entry.expected;
    }
    return Math.min(...free);
  }

  /** A job that takes longer than expected is expected to take as long again. */
  #left({ expected, started }: Entry): number {
    const elapsed = this.#now() - (started as number);
    return elapsed < expected ? expected - elapsed : elapsed;
  }

  #learn(kind: string, pace: number): void {
    const before = this.#pace.get(kind) ?? pace;
    this.#pace.set(kind, before + WEIGHT * (pace - before));
  }
}
