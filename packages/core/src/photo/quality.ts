import type { Alignment } from './align.js';
import { scaleOf } from './similarity.js';

/** Something about a photo that makes edits look worse. */
export interface PhotoWarning {
  readonly code: 'FACE_SMALL' | 'FACE_CUT_OFF';
  /** What is the matter. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}

/** A face that must be enlarged more than this often has too few pixels. */
const MAX_ENLARGEMENT = 2;
/** The share of the frame that should lie inside the photo. */
const MIN_COVERAGE = 0.8;

/** What is wrong with an aligned face. */
export function alignmentWarnings({ transform, coverage }: Alignment): PhotoWarning[] {
  const warnings: PhotoWarning[] = [];
  const enlarged = scaleOf(transform);
  if (enlarged > MAX_ENLARGEMENT) {
    warnings.push({
      code: 'FACE_SMALL',
      message: `The face is enlarged ${enlarged.toFixed(1)} times`,
      hint: 'Use a photo in which the face is larger.',
    });
  }
  if (coverage < MIN_COVERAGE) {
    warnings.push({
      code: 'FACE_CUT_OFF',
      message: `${Math.round(100 * (1 - coverage))} % of the face's frame lies outside the photo`,
      hint: 'Use a photo with more room around the face.',
    });
  }
  return warnings;
}
