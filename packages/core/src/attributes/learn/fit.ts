/** From labelled faces to a probe, and how far it is better than chance. */
import { createRandom, type Random } from '../../latent/random.js';
import { concordance } from './concordance.js';
import { centre, compact, createRidge, type Ridge, type RidgeFit } from './ridge.js';

/** What {@link fitProbe} finds. */
export interface ProbeFit {
  /** Of any length. */
  readonly weights: Float64Array;
  /** By face, of weights that have not seen it. */
  readonly heldOut: Float64Array;
  /** Concordance of `heldOut` with the labels. */
  readonly auroc: number;
  /** How often shuffled labels do as well or better, 0..1. */
  readonly chance: number;
}

/** λ, in units of the variance of a latent number. Few faces want more of it. */
const STRENGTHS = [30, 100, 300, 1000, 3000];
const SHUFFLES = 99;

/**
 * Ridge regression on the latents as they are, with the λ that does best on held-out faces. Shuffled
 * labels choose their λ in the same way, so that the choice does not flatter.
 *
 * The metric is the latent space's own: whitened latents, where directions that hardly vary over
 * faces count as much as others, did worse for 5 to 100 faces a side (`npm run bench:learn`).
 *
 * @param variance - Mean variance of a latent number over faces.
 */
export function fitProbe(
  latents: readonly Float32Array[],
  labels: readonly number[],
  variance: number,
): ProbeFit {
  const rows = centre(latents);
  const small = compact(rows);
  const ridges = STRENGTHS.map((strength) => createRidge(small, strength * variance));
  const best = bestFit(ridges, labels);
  const random = createRandom(1);
  let asGood = 0;
  for (let round = 0; round < SHUFFLES; round++) {
    if (bestFit(ridges, shuffled(labels, random)).auroc >= best.auroc) asGood++;
  }
  const weights = new Float64Array(rows[0]!.length);
  for (const [i, row] of rows.entries()) {
    for (let k = 0; k < weights.length; k++) weights[k]! += row[k]! * best.shares[i]!;
  }
  const { heldOut, auroc } = best;
  return { weights, heldOut, auroc, chance: (asGood + 1) / (SHUFFLES + 1) };
}

function bestFit(
  ridges: readonly Ridge[],
  labels: readonly number[],
): RidgeFit & { readonly auroc: number } {
  const fits = ridges.map((ridge) => {
    const fit = ridge.fit(labels);
    return { ...fit, auroc: concordance(fit.heldOut, labels) };
  });
  return fits.reduce((best, fit) => (fit.auroc > best.auroc ? fit : best));
}

/** Fisher and Yates. */
function shuffled(labels: readonly number[], random: Random): number[] {
  const result = [...labels];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}
