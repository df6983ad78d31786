import { FaceMorphError, type Progress, type TaskOptions } from '@facemorph/core';

/** Something that did not stop the work and should be known. */
export interface Warning {
  readonly code: string;
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** One run of a command: its signal and progress, and the book it keeps of time and warnings. */
export class Run {
  readonly task: TaskOptions;
  readonly warnings: Warning[] = [];
  readonly #milliseconds = new Map<string, number>();
  readonly #start: number = performance.now();

  constructor(signal: AbortSignal, onProgress: (progress: Progress) => void) {
    this.task = { signal, onProgress };
  }

  /** Does a piece of work and adds its time to that of a phase. */
  async time<T>(phase: string, work: () => T | Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      const before = this.#milliseconds.get(phase) ?? 0;
      this.#milliseconds.set(phase, before + performance.now() - start);
    }
  }

  /** For work that does not hear of Ctrl+C itself. @throws {FaceMorphError} `ABORTED` */
  throwIfAborted(): void {
    if (this.task.signal?.aborted) throw new FaceMorphError('ABORTED', 'The run was stopped');
  }

  warn(code: string, message: string, hint?: string): void {
    this.warnings.push({ code, message, ...(hint !== undefined && { hint }) });
  }

  /** Milliseconds by phase, and in all. */
  get timings(): Record<string, number> {
    const phases = [...this.#milliseconds, ['total', performance.now() - this.#start] as const];
    return Object.fromEntries(phases.map(([phase, ms]) => [phase, Math.round(ms * 10) / 10]));
  }
}
