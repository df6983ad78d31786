import type { Progress } from '@facemorph/core';

/** What a bar draws on: `process.stderr`. */
export interface BarStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A line that shows progress and is wiped when it is done. */
export interface ProgressBar {
  update(progress: Progress): void;
  /** Wipes the line; a later update draws it again. */
  clear(): void;
}

const WIDTH = 24;
const REDRAW_MS = 50;

/** A bar on a terminal, nothing at all elsewhere. */
export function createProgressBar(stream: BarStream, enabled: boolean): ProgressBar {
  if (!enabled || !stream.isTTY) return { update() {}, clear() {} };
  let drawnAt = Number.NEGATIVE_INFINITY;
  let phase = '';
  return {
    update(progress) {
      const now = performance.now();
      const done = progress.loaded >= progress.total;
      if (!done && progress.phase === phase && now - drawnAt < REDRAW_MS) return;
      [drawnAt, phase] = [now, progress.phase];
      stream.write(`\r\x1b[K${barLine(progress).slice(0, (stream.columns ?? 80) - 1)}`);
    },
    clear() {
      if (phase !== '') stream.write('\r\x1b[K');
      phase = '';
    },
  };
}

/** Such as `decode     ############------------   50 %  12/24`. */
export function barLine({ phase, loaded, total, item }: Progress): string {
  const share = total > 0 ? loaded / total : 1;
  const filled = Math.round(share * WIDTH);
  const bar = '#'.repeat(filled) + '-'.repeat(WIDTH - filled);
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  const inBytes = phase === 'download' || phase === 'verify';
  const count = inBytes ? `${(total / 1e6).toFixed(1)} MB` : `${loaded}/${total}`;
  return `${phase.padEnd(9)} ${bar} ${percent}  ${item ? `${item} ` : ''}${count}`;
}
