/** Longer ones are no misspelt names, and comparing takes the product of the lengths. */
const MAX_LENGTH = 100;

/**
 * The known name that was most likely meant, or `undefined` when none is near: at most a third of
 * the letters wrong (a swap of neighbours counts once), or one name being part of the other.
 */
export function suggestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  const wanted = normalise(name);
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = editDistance(wanted, normalise(candidate));
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  if (bestDistance <= limit) return best;
  if (wanted.length < 3) return undefined;
  return known.find((candidate) => {
    const other = normalise(candidate);
    return other.includes(wanted) || (other.length >= 3 && wanted.includes(other));
  });
}

function normalise(name: string): string {
  return name
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

/** Letters to insert, delete, replace or swap with their neighbour to make `a` into `b`. */
export function editDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    new Array<number>(b.length + 1).fill(i),
  );
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let distance = Math.min(
        rows[i - 1]![j]! + 1,
        rows[i]![j - 1]! + 1,
        rows[i - 1]![j - 1]! + cost,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, rows[i - 2]![j - 2]! + 1);
      }
      rows[i]![j] = distance;
    }
  }
  return rows[a.length]![b.length]!;
}
