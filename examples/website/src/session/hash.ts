import type { StudioDocument } from './document.js';

const SEED_LIMIT = 2 ** 31;

/** The number of faces that one seed shows; a link names one of them. */
export const WALL_SIZE = 24;

/**
 * Writes a document as a URL hash: `#seed=7&face=3&smiling=1.5&keep=male,young`.
 * An uploaded face is left out: a link never carries a picture.
 */
export function formatHash({ face, strengths, locks }: StudioDocument): string {
  const parts: string[] = [];
  if (face.kind === 'sample') parts.push(`seed=${face.seed}`, `face=${face.index}`);
  for (const [name, strength] of Object.entries(strengths)) {
    parts.push(`${encodeURIComponent(name)}=${Number(strength.toFixed(2))}`);
  }
  if (locks.length > 0) parts.push(`keep=${locks.map(encodeURIComponent).join(',')}`);
  return `#${parts.join('&')}`;
}

/**
 * Reads a hash written by {@link formatHash}. What it does not understand (an attribute this
 * model lacks, a strength that is no number) is dropped; strengths are held inside the range.
 */
export function parseHash(
  hash: string,
  ranges: ReadonlyMap<string, readonly [number, number]>,
  fallbackSeed: number,
): StudioDocument {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const strengths: Record<string, number> = {};
  for (const [name, text] of fields) {
    const range = ranges.get(name);
    const strength = Number(text);
    if (!range || text.trim() === '' || !Number.isFinite(strength) || strength === 0) continue;
    strengths[name] = Math.min(range[1], Math.max(range[0], strength));
  }
  const locks = (fields.get('keep') ?? '').split(',').filter((name) => ranges.has(name));
  return {
    face: {
      kind: 'sample',
      seed: wholeNumber(fields.get('seed'), SEED_LIMIT) ?? fallbackSeed,
      index: wholeNumber(fields.get('face'), WALL_SIZE) ?? 0,
    },
    strengths,
    locks: [...new Set(locks)],
  };
}

/** A seed nobody chose. */
export function randomSeed(): number {
  const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
  return seed % 100_000;
}

function wholeNumber(text: string | null, limit: number): number | undefined {
  if (text === null || !/^\d+$/.test(text)) return undefined;
  const value = Number(text);
  return value < limit ? value : undefined;
}
