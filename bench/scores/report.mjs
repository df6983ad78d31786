/**
 * @typedef {object} Score One page on one screen.
 * @property {string} page
 * @property {string} screen
 * @property {number} paintMs First contentful paint, from the navigation on.
 * @property {number} largestMs Largest contentful paint.
 * @property {number} blockingMs What tasks of the main thread took beyond 50 ms each.
 * @property {number} shift Cumulative layout shift; below 0.1 is good.
 * @property {number} scriptsKb All scripts of the page, gzipped, without the engine's Worker.
 * @property {string[]} faults Rules of WCAG 2.2 AA that axe finds broken.
 * @property {string[]} complaints Errors in the console, and uncaught ones.
 */

/**
 * @param {{ machine: { cpu?: string | undefined, cores: number, chromium: string }, budgetKb: number, pages: Score[] }} report
 * @returns {string}
 */
export function scoresTable({ machine, budgetKb, pages }) {
  const lines = pages.map(({ page, screen, ...score }) =>
    row([
      page,
      screen,
      ms(score.paintMs),
      ms(score.largestMs),
      ms(score.blockingMs),
      score.shift.toFixed(3),
      score.scriptsKb.toFixed(1),
      String(score.faults.length),
      String(score.complaints.length),
    ]),
  );
  const found = pages.flatMap(({ page, screen, faults, complaints }) =>
    [...faults, ...complaints].map((text) => `${page}, ${screen}: ${text}`),
  );
  return [
    `Chromium ${machine.chromium}, ${machine.cores} x ${machine.cpu}; first visits, ${budgetKb} kB of scripts allowed`,
    '',
    row([
      'page',
      'screen',
      'first paint ms',
      'largest paint ms',
      'blocking ms',
      'layout shift',
      'scripts kB',
      'axe faults',
      'complaints',
    ]),
    row(['---', '---', '--:', '--:', '--:', '--:', '--:', '--:', '--:']),
    ...lines,
    ...(found.length > 0 ? ['', ...found] : []),
  ].join('\n');
}

/** @param {number} value */
const ms = (value) => value.toFixed(0);

/** @param {string[]} cells */
const row = (cells) => `| ${cells.join(' | ')} |`;
