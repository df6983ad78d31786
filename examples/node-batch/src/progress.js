/**
 * How far a run is.
 *
 * @typedef {object} Counts
 * @property {number} done Results that are there.
 * @property {number} failed Pictures given up on.
 * @property {number} total
 */

/** Seconds over which the rate is taken. */
const WINDOW = 30;

/** Rate and time left of a run, as one line. */
export class Progress {
  /** @type {{ at: number, done: number }[]} */
  #history = [];

  /**
   * @param {Counts} counts
   * @param {number} [now] In ms.
   * @returns {{ rate: number, secondsLeft: number | undefined, line: string }}
   */
  update({ done, failed, total }, now = performance.now()) {
    this.#history.push({ at: now, done: done + failed });
    while (now - /** @type {{ at: number }} */ (this.#history[0]).at > WINDOW * 1000) {
      this.#history.shift();
    }
    const [first] = this.#history;
    const seconds = first ? (now - first.at) / 1000 : 0;
    const rate = first && seconds > 0 ? (done + failed - first.done) / seconds : 0;
    const left = total - done - failed;
    const secondsLeft = rate > 0 ? left / rate : undefined;
    const parts = [
      `${done + failed}/${total}`,
      `${rate.toFixed(1)}/s`,
      secondsLeft === undefined ? '' : `${formatSeconds(secondsLeft)} left`,
      failed > 0 ? `${failed} failed` : '',
    ];
    return { rate, secondsLeft, line: parts.filter(Boolean).join('  ') };
  }
}

/** Shows a line in place of the last one; nothing where that would fill a log. @param {string} line */
export function showLine(line) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
}

/** @param {number} seconds */
function formatSeconds(seconds) {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  return whole < 3600 ? `${Math.ceil(whole / 60)} min` : `${(whole / 3600).toFixed(1)} h`;
}
