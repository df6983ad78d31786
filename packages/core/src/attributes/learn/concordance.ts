/**
 * The share of pairs with different labels that the scores put in the right order, ties half. For two
 * kinds of label it is the area under the ROC curve; 0.5 is chance.
 */
export function concordance(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  let right = 0;
  let pairs = 0;
  for (let i = 0; i < labels.length; i++) {
    for (let j = 0; j < i; j++) {
      const label = Math.sign(labels[i]! - labels[j]!);
      if (label === 0) continue;
      pairs++;
      right += 0.5 * (1 + label * Math.sign(scores[i]! - scores[j]!));
    }
  }
  return pairs === 0 ? 0.5 : right / pairs;
}
