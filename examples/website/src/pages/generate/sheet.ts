import {
  DEFAULT_VARIETY,
  type FaceRef,
  faceRef,
  formatFaceRef,
  parseFaceRef,
  variationOf,
} from '../../faces/face-ref.js';

/** Faces on one sheet. */
export const SHEET_SIZE = 24;

/** What the wall shows: the faces of a seed, or variations of one face. */
export interface Sheet {
  readonly seed: number;
  /** How far faces stray from the average one. */
  readonly variety: number;
  /** The face that all of them are like. */
  readonly like: FaceRef | null;
  /** Which sheet of variations, counted from 0. */
  readonly number: number;
  readonly chosen: number | null;
}

const FIRST_SEED = 7;
const SEED_LIMIT = 2 ** 31;

/** The names of the faces on a sheet; a sheet of variations begins with the face itself. */
export function refsOf({ seed, variety, like, number }: Sheet): FaceRef[] {
  if (!like) {
    return Array.from({ length: SHEET_SIZE }, (_, index) => faceRef(seed, index, variety));
  }
  const first = number * (SHEET_SIZE - 1);
  const others = Array.from({ length: SHEET_SIZE - 1 }, (_, i) => variationOf(like, first + i));
  return [like, ...others];
}

/** Reads the state in the link of the page. */
export function parseSheet(query: URLSearchParams): Sheet {
  const variety = Number(query.get('variety') ?? DEFAULT_VARIETY);
  const chosen = wholeNumber(query.get('face'), SHEET_SIZE);
  return {
    seed: wholeNumber(query.get('seed'), SEED_LIMIT) ?? FIRST_SEED,
    variety: variety >= 0 && variety <= 1.5 ? round(variety) : DEFAULT_VARIETY,
    like: parseFaceRef(query.get('like')),
    number: wholeNumber(query.get('sheet'), 100) ?? 0,
    chosen: chosen ?? null,
  };
}

/** Writes what {@link parseSheet} reads. */
export function formatSheet({ seed, variety, like, number, chosen }: Sheet): URLSearchParams {
  const query = new URLSearchParams();
  if (like) {
    query.set('like', formatFaceRef(like));
    if (number > 0) query.set('sheet', String(number));
  } else {
    query.set('seed', String(seed));
    if (variety !== DEFAULT_VARIETY) query.set('variety', String(round(variety)));
  }
  if (chosen !== null) query.set('face', String(chosen));
  return query;
}

function wholeNumber(text: string | null, limit: number): number | undefined {
  if (text === null || !/^\d{1,10}$/.test(text)) return undefined;
  const value = Number(text);
  return value < limit ? value : undefined;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
