import type { AttributeSet } from '@facemorph/core';

/** `rows[i][j]`: how far score j moves when attribute i is raised by 1, in standard deviations. */
export type Entanglement = readonly (readonly number[])[];

/** How far each slider of the model moves each score: its direction, seen by each probe. */
export function movedBySliders({ attributes }: AttributeSet): Entanglement {
  return attributes.map(({ direction }) =>
    attributes.map(({ probe }) => product(direction, probe.weights)),
  );
}

/**
 * How far each score moves when faces are only sorted by one: the correlation of scores over
 * faces. This is what the difference of two means would do.
 */
export function movedBySorting({ attributes, latent }: AttributeSet): Entanglement {
  const { size, covariance } = latent;
  const spread = attributes.map(({ probe: { weights } }) =>
    Float64Array.from({ length: size }, (_, row) =>
      product(covariance.subarray(row * size, (row + 1) * size), weights),
    ),
  );
  return attributes.map(({ probe }, i) => {
    const own = product(spread[i]!, probe.weights);
    return attributes.map(({ probe: other }) => product(spread[i]!, other.weights) / own);
  });
}

/** The mean of what moves along, own score aside: 0 would be a model without any entanglement. */
export function meanAlong(rows: Entanglement): number {
  let sum = 0;
  for (const [i, row] of rows.entries()) {
    for (const [j, value] of row.entries()) if (i !== j) sum += Math.abs(value);
  }
  return sum / (rows.length * (rows.length - 1));
}

function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
