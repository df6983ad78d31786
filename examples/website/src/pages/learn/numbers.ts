/** Photos and their numbers, as a table says them. */
export interface NumberTable {
  /** By {@link keyOf} of the photo. */
  readonly values: ReadonlyMap<string, number>;
  /** Lines that are neither a photo and a number nor a heading, or name a photo again; from 1. */
  readonly unread: readonly number[];
}

/** A file name, quoted or not, the mark after it, and the rest of the line. */
const LINE = /^\s*(?:"((?:[^"]|"")+)"|([^",;\t]+?))\s*([,;\t])(.*)$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads what spreadsheets save or people type: on each line a photo's file name and a number, between
 * them a comma, a semicolon or a tab. The first line may be a heading; further columns are passed over.
 */
export function parseNumbers(text: string): NumberTable {
  const values = new Map<string, number>();
  const unread: number[] = [];
  let isFirst = true;
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue;
    const [, quoted, plain = '', mark = ',', rest = ''] = LINE.exec(line) ?? [];
    const key = keyOf(quoted?.replaceAll('""', '"') ?? plain);
    const value = numberOf(rest, mark);
    if (value !== undefined && !values.has(key)) values.set(key, value);
    else if (!isFirst) unread.push(index + 1);
    isFirst = false;
  }
  return { values, unread };
}

/** By what a photo is found: its file name without folders, in any case of letters. */
export function keyOf(fileName: string): string {
  return (fileName.split(/[\\/]/).at(-1) ?? '').trim().normalize().toLowerCase();
}

/** The cell that a rest of a line begins with. Where cells end at a semicolon, `1,5` is one and a half. */
function numberOf(rest: string, mark: string): number | undefined {
  const cell = (rest.split(mark)[0] ?? '').trim().replace(/^"(.*)"$/, '$1');
  const plain = mark === ',' ? cell : cell.replace(',', '.');
  const value = Number(plain);
  return DECIMAL.test(plain) && Number.isFinite(value) ? value : undefined;
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
