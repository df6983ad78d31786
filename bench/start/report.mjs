/** @typedef {import('./server.mjs').Answer} Answer */
/** @typedef {{ file: string, when: 'first edited frame' | 'later live frames' | 'first photo', bytes: number, brotli: number }} Sent */
/** @typedef {import('../start.mjs').Timing} Timing */

/** What each mark of the page means. @type {Record<string, string>} */
const names = {
  script: 'the script runs',
  files: 'weights and attributes are there, verified',
  loaded: 'wasm and decoder are compiled',
  face: 'the first face is drawn',
  edit: 'the first edited frame is drawn',
};

/** What the page needs only when a photo is opened. */
const LATER =
  /^\/assets\/(encoder|landmarker|flatten|locator|open-photo|network-locator|paste-edit|codec|parity)/;

/** @param {string} path @returns {Sent['when']} */
function whenNeeded(path) {
  if (/^\/assets\/(decoder-int8|live-decoder)/.test(path)) return 'later live frames';
  return LATER.test(path) ? 'first photo' : 'first edited frame';
}

/**
 * @param {Answer[]} answers
 * @returns {Sent[]} The largest first.
 */
export function wire(answers) {
  return answers
    .map(({ path, bytes, wire: brotli }) => ({
      file: path.slice(1).replace(/^assets\//, ''),
      when: whenNeeded(path),
      bytes,
      brotli,
    }))
    .sort((a, b) => b.brotli - a.brotli);
}

/**
 * @param {{ rounds: number, cold: Timing, warm: Timing, wire: Sent[], warmRequests: string[] }} report
 * @returns {string}
 */
export function startTable({ rounds, cold, warm, wire: files, warmRequests }) {
  const row = (/** @type {string} */ name, /** @type {number[]} */ values) =>
    `${name.padEnd(46)} ${values.map((value) => value.toFixed(0).padStart(8)).join(' ')}`;
  const sum = (/** @type {Sent['when'] | undefined} */ when) =>
    files.filter((f) => !when || f.when === when).reduce((total, f) => total + f.brotli, 0);
  const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
  return [
    `ms since the navigation began, medians of ${rounds} visits        first   second`,
    ...Object.keys(cold.phases).map((key) =>
      row(names[key] ?? key, [Number(cold.phases[key]), Number(warm.phases[key])]),
    ),
    row('then: the next edit', [cold.nextFirst, warm.nextFirst]),
    row('      an edit, median of later ones', [cold.nextMedian, warm.nextMedian]),
    row('      a photo is opened and edited', [cold.photo, warm.photo]),
    '',
    `over the wire, brotli: ${megabytes(sum(undefined))}, of which ${megabytes(sum('first edited frame'))} before the first edited frame`,
    ...files.map(
      ({ file, when, bytes, brotli }) =>
        `${file.padEnd(46)} ${String(brotli).padStart(9)} of ${String(bytes).padStart(9)}  ${when}`,
    ),
    `second visit: ${warmRequests.length} request${warmRequests.length === 1 ? '' : 's'} (${warmRequests.join(', ')})`,
  ].join('\n');
}
