/**
 * Area under the ROC curve: how often a face with the label scores higher than one without, ties half.
 *
 * @param {readonly number[]} scores
 * @param {readonly number[]} labels - 1 and 0; others do not count.
 * @returns {number}
 */
export function auroc(scores, labels) {
  const pairs = scores.map((score, i) => ({ score, label: labels[i] }));
  const known = pairs.filter(({ label }) => label === 0 || label === 1);
  known.sort((a, b) => a.score - b.score);
  const positives = known.filter(({ label }) => label === 1).length;
  let ranks = 0;
  for (let start = 0; start < known.length; ) {
    let end = start;
    while (end < known.length && known[end]?.score === known[start]?.score) end++;
    const rank = (start + 1 + end) / 2;
    for (let i = start; i < end; i++) if (known[i]?.label === 1) ranks += rank;
    start = end;
  }
  const negatives = known.length - positives;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** @param {readonly number[]} values @returns {number} */
export function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
