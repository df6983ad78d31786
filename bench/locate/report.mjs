/** @typedef {import('../locate.mjs').Result} Result */

/** What the project wants of its locator. */
const AIMS = ['>= 99 %', '<= 1 %', '<= 4 %', '<= 10 %', '<= 60'];

/**
 * The results as text.
 *
 * @param {Result & { peer: Result & { name: string }, model: { id: string } }} report
 * @returns {string}
 */
export function locatorTable(report) {
  const header = ['', 'recall', 'false alarms', 'nme median', 'nme p95', 'ms'];
  const rows = [
    [report.model.id, ...cells(report)],
    ['face-api tiny', ...cells(report.peer)],
    ['aim', ...AIMS],
  ];
  const groups = Object.entries(report.groups).flatMap(([group, { faces, recall, nme }]) => {
    if (faces === 0) return [];
    const theirs = report.peer.groups[group];
    return [
      `${group}, ${faces} faces: recall ${percent(recall)} (${percent(theirs?.recall)}), ` +
        `nme ${percent(nme.median)}, p95 ${percent(nme.p95)} (${percent(theirs?.nme.median)}, ${percent(theirs?.nme.p95)})`,
    ];
  });
  return [
    ...[header, ...rows].map((row) =>
      row
        .map((cell) => cell.padEnd(15))
        .join(' ')
        .trimEnd(),
    ),
    `In brackets: ${report.peer.name}.`,
    ...groups,
  ].join('\n');
}

/** @param {Result} result @returns {string[]} */
function cells({ recall, falseAlarms, nme, ms }) {
  return [
    percent(recall),
    percent(falseAlarms),
    percent(nme.median),
    percent(nme.p95),
    ms.toFixed(0),
  ];
}

/** @param {number | undefined} share @returns {string} */
function percent(share = Number.NaN) {
  return `${(100 * share).toFixed(1)} %`;
}
