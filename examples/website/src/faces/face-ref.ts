/**
 * The name of a made-up face, for links: the face `index` of a seed, and which variations of it were
 * taken, one after the other.
 */
export interface FaceRef {
  readonly seed: number;
  readonly index: number;
  /** How far faces stray from the average one, 0..2. */
  readonly variety: number;
  readonly variations: readonly number[];
}

/** As `FaceMorph.sample` has it. */
export const DEFAULT_VARIETY = 0.8;

const SEED_LIMIT = 2 ** 31;
/** Faces of one seed and variations of one face that a link can name. */
const INDEX_LIMIT = 4096;
const DEPTH_LIMIT = 8;

/** The face `index` of a seed. */
export function faceRef(seed: number, index: number, variety: number = DEFAULT_VARIETY): FaceRef {
  return { seed, index, variety, variations: [] };
}

/** What a visitor sees first. */
export const FIRST_FACE = faceRef(7, 14);

/** A variation of a face. */
export function variationOf(ref: FaceRef, number: number): FaceRef {
  const variations = [...ref.variations, number];
  return { ...ref, variations: variations.slice(-DEPTH_LIMIT) };
}

/** Writes `7.3`, with a variety of its own `7.3@1.1`, and with variations `7.3~5~2`. */
export function formatFaceRef({ seed, index, variety, variations }: FaceRef): string {
  const stray = variety === DEFAULT_VARIETY ? '' : `@${Number(variety.toFixed(2))}`;
  return [`${seed}.${index}${stray}`, ...variations].join('~');
}

/** For people: `Face 4 of sheet 7`, or `Variation 2 of face 4, sheet 7`. Places count from 1. */
export function describeFaceRef({ seed, index, variations }: FaceRef): string {
  if (variations.length === 0) return `Face ${index + 1} of sheet ${seed}`;
  // As on the sheet of variations, where the face itself stands first.
  const path = variations.map((number) => number + 1).join('.');
  return `Variation ${path} of face ${index + 1}, sheet ${seed}`;
}

/** Reads what {@link formatFaceRef} wrote; `null` for anything else. */
export function parseFaceRef(text: string | null | undefined): FaceRef | null {
  const parts = /^(\d{1,10})(?:\.(\d{1,4}))?(?:@(\d(?:\.\d{1,2})?))?((?:~\d{1,4})*)$/.exec(
    text ?? '',
  );
  if (!parts) return null;
  const [, seed, index = '0', variety, variations = ''] = parts;
  const ref: FaceRef = {
    seed: Number(seed),
    index: Number(index),
    variety: variety === undefined ? DEFAULT_VARIETY : Number(variety),
    variations: variations.split('~').slice(1).map(Number),
  };
  const numbers = [ref.index, ...ref.variations];
  const isSmall = numbers.every((number) => number < INDEX_LIMIT);
  return isSmall && ref.seed < SEED_LIMIT && ref.variety <= 2 && numbers.length <= DEPTH_LIMIT + 1
    ? ref
    : null;
}

/** Reads a comma-separated list and leaves out what is no face. */
export function parseFaceRefs(text: string | null): FaceRef[] {
  return (text ?? '').split(',').flatMap((part) => parseFaceRef(part) ?? []);
}

/** A seed nobody chose. */
export function randomSeed(): number {
  const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
  return seed % 100_000;
}
