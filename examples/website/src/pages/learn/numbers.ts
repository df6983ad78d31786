import { parseLabels } from '@facemorph/core';

/** Photos and their numbers, as a table says them. */
export interface NumberTable {
  /** By {@link keyOf} of the photo. */
  readonly values: ReadonlyMap<string, number>;
  /** Lines that are neither a photo and a number nor a heading, or name a photo again; from 1. */
  readonly unread: readonly number[];
}

/** Reads a table of photos and numbers; a photo that comes again keeps its first number. */
export function parseNumbers(text: string): NumberTable {
  const values = new Map<string, number>();
  const unread: number[] = [];
  for (const { line, picture, value } of parseLabels(text)) {
    const key = keyOf(picture);
    if (key === '' || value === undefined || values.has(key)) unread.push(line);
    else values.set(key, value);
  }
  return { values, unread };
}

/** By what a photo is found: its file name without folders, in any case of letters. */
export function keyOf(fileName: string): string {
  return (fileName.split(/[\\/]/).at(-1) ?? '').trim().normalize().toLowerCase();
}

/** How many names or lines are written out. */
const NAMED = 3;

/** In words: which photos have their number, and what does not fit together. */
export function standingOf(
  files: readonly string[],
  { values, unread }: NumberTable,
  least: number,
): string {
  const bare = files.filter((file) => !values.has(keyOf(file)));
  const keys = new Set(files.map(keyOf));
  const absent = [...values.keys()].filter((key) => !keys.has(key));
  const ready = files.length - bare.length;
  const parts = [
    ready < least
      ? `${least} photos with a number are needed at least; ${ready} are there.`
      : `${ready} photos have their number.`,
  ];
  if (bare.length > 0) parts.push(`Without a number: ${listOf(bare)}.`);
  if (absent.length > 0 && files.length > 0) parts.push(`Not among the photos: ${listOf(absent)}.`);
  if (unread.length > 0) parts.push(`Not a photo and a number: line ${listOf(unread)}.`);
  return parts.join(' ');
}

function listOf(items: readonly (string | number)[]): string {
  const more = items.length - NAMED;
  return items.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
