import type { Face } from '@facemorph/core';
import { type FaceRef, formatFaceRef, parseFaceRefs } from '../../faces/face-ref.js';
import { refOf } from '../../faces/resolve-face.js';

/** On which pile a face lies. */
export type Side = 'with' | 'without';

/** A face to learn from. */
export interface Example {
  readonly face: Face;
  readonly side: Side;
}

/** The state in a link of the page: made-up faces only, photos are left out. */
export interface LearnState {
  readonly by: 'piles' | 'numbers';
  readonly label: string;
  readonly with: readonly FaceRef[];
  readonly without: readonly FaceRef[];
}

const LIMIT = 100;

/** Reads what {@link formatLearn} wrote. */
export function parseLearn(query: URLSearchParams): LearnState {
  return {
    by: query.get('by') === 'numbers' ? 'numbers' : 'piles',
    label: (query.get('label') ?? '').slice(0, 40),
    with: parseFaceRefs(query.get('with')).slice(0, LIMIT),
    without: parseFaceRefs(query.get('without')).slice(0, LIMIT),
  };
}

/** The state of the page for its link. */
export function formatLearn(label: string, examples: readonly Example[]): URLSearchParams {
  const query = new URLSearchParams();
  if (label !== '') query.set('label', label);
  for (const side of ['with', 'without'] as const) {
    const names = examples.flatMap((example) => {
      const ref = example.side === side ? refOf(example.face) : undefined;
      return ref ? [formatFaceRef(ref)] : [];
    });
    if (names.length > 0) query.set(side, names.join());
  }
  return query;
}

/** The state of the page for its link while it learns from numbers: photos are left out. */
export function formatLearnNumbers(label: string): URLSearchParams {
  return new URLSearchParams(label === '' ? { by: 'numbers' } : { by: 'numbers', label });
}

/** The machine name of a label: `Round glasses!` is `round_glasses`. */
export function nameOf(label: string): string {
  const plain = label.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const name = plain.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  return name.slice(0, 64) || 'my_slider';
}
