import type { LabelledFaces } from './examples.js';
import type { ProbeFit } from './fit.js';

/** Something to know about a learned attribute. */
export interface LearnWarning {
  readonly code: 'CHANCE' | 'FEW_FACES' | 'FACES_TWICE' | 'LIKE_ANOTHER';
  readonly message: string;
  readonly hint: string;
}

/** What should be known of a fit. @param like - The attribute that it is all but the same as. */
export function warningsOf(
  { chance }: ProbeFit,
  { copies, fewest, kind }: LabelledFaces,
  like: string | undefined,
): LearnWarning[] {
  const warnings: LearnWarning[] = [];
  const warn = (code: LearnWarning['code'], message: string, hint: string): void => {
    warnings.push({ code, message, hint });
  };
  if (chance > 0.05) {
    const percent = Math.round(100 * chance);
    warn(
      'CHANCE',
      `Shuffled labels do as well in ${percent} % of trials: this may be chance`,
      kind === 'numbers'
        ? 'Add faces, and check that each number stands with its own face.'
        : 'Add faces, and check that the two sides differ in what you mean only.',
    );
  }
  const least = kind === 'numbers' ? 10 : 5;
  if (fewest < least) {
    const where = kind === 'numbers' ? 'faces' : 'faces on a side';
    warn('FEW_FACES', `${fewest} ${where} are few`, `Use ${least} at least, better 20 or more.`);
  }
  if (copies > 0) {
    warn('FACES_TWICE', `${copies} faces were given more than once`, 'Each was counted once.');
  }
  if (like !== undefined) {
    warn(
      'LIKE_ANOTHER',
      `It moves with "${like}"`,
      `Use "${like}", or examples that do not differ in it.`,
    );
  }
  return warnings;
}
