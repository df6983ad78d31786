import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { FaceMorphError } from '@facemorph/core';
import { parseDecimal } from './arguments.js';
import { type CsvRow, parseCsv } from './csv.js';

/** Pictures with a number each. */
export interface NumberedPictures {
  readonly pictures: readonly string[];
  readonly values: readonly number[];
}

/** Options of {@link readLabelsFile}. */
export interface LabelsFileOptions {
  /** By its heading. @defaultValue the second column */
  readonly column?: string | undefined;
  /** Where the pictures are. @defaultValue beside the table */
  readonly folder?: string | undefined;
}

/**
 * A table with a picture in its first column and a number in another. Without `column` the first line
 * may be a heading, or a picture already.
 * @throws {FaceMorphError} `EXAMPLES_INVALID`, naming the line
 */
export async function readLabelsFile(
  path: string,
  { column, folder = dirname(path) }: LabelsFileOptions = {},
): Promise<NumberedPictures> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw invalid(`Cannot read the table ${path}`, 'Check the path.', cause);
  });
  const rows = parseCsv(text);
  const at = column === undefined ? 1 : columnOf(path, rows[0], column);
  const isHeading = column !== undefined || numberAt(rows[0], at) === undefined;
  const pictures: string[] = [];
  const values: number[] = [];
  for (const row of isHeading ? rows.slice(1) : rows) {
    const where = `${path}, line ${row.line}`;
    const value = numberAt(row, at);
    const [name = ''] = row.cells;
    if (value === undefined || name === '') {
      const found = row.cells[at] ?? '';
      throw invalid(
        `${where}: a picture and a number are expected, not "${name}" and "${found}"`,
        'Write them as picture.jpg,34, or leave the line out.',
      );
    }
    const picture = resolve(folder, name);
    const found = await stat(picture).catch(() => undefined);
    if (!found?.isFile()) {
      throw invalid(`${where}: there is no picture ${picture}`, 'Check its name, and the folder.');
    }
    pictures.push(picture);
    values.push(value);
  }
  if (pictures.length === 0) throw invalid(`There are no pictures in ${path}`, 'Put some there.');
  return { pictures, values };
}

function numberAt(row: CsvRow | undefined, at: number): number | undefined {
  return parseDecimal(row?.cells[at] ?? '');
}

function columnOf(path: string, heading: CsvRow | undefined, column: string): number {
  const names = heading?.cells ?? [];
  const at = names.indexOf(column);
  if (at > 0) return at;
  const others = names.slice(1).join(', ') || 'none';
  throw invalid(`${path} has no column "${column}"`, `Its columns: ${others}.`);
}

function invalid(message: string, hint: string, cause?: unknown): FaceMorphError {
  return new FaceMorphError('EXAMPLES_INVALID', message, {
    hint,
    ...(cause === undefined ? {} : { cause }),
  });
}
