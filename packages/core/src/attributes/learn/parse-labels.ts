import { FaceMorphError } from '../../errors.js';
import { parseDecimal } from '../../parse-decimal.js';
import { parseCsv } from './csv.js';

/** One line of a table of pictures and numbers. */
export interface LabelledPicture {
  /** In the table, from 1. */
  readonly line: number;
  /** The first cell: a file name, with or without folders, as it is written. */
  readonly picture: string;
  /** `undefined` where the cell holds no finite decimal number. */
  readonly value: number | undefined;
  /** The cell that should hold the number, as it is written. */
  readonly cell: string;
}

/**
 * Reads a table as spreadsheets save it or people type it: a picture in the first column, a number in
 * another. Cells are parted by commas, semicolons or tabs; where not by commas, `34,5` is a number too.
 * Without `column` it is the second column, and the first line may be a heading.
 *
 * @public
 * @throws {FaceMorphError} `EXAMPLES_INVALID` where no column is called that
 */
export function parseLabels(
  text: string,
  { column }: { readonly column?: string | undefined } = {},
): readonly LabelledPicture[] {
  const { delimiter, rows } = parseCsv(text);
  const names = rows[0]?.cells ?? [];
  const at = column === undefined ? 1 : names.indexOf(column);
  if (at < 1) {
    throw new FaceMorphError('EXAMPLES_INVALID', `The table has no column "${column}"`, {
      hint: `Its columns: ${names.slice(1).join(', ') || 'none'}.`,
    });
  }
  const labels = rows.map(({ line, cells }) => {
    const [picture = ''] = cells;
    const cell = cells[at] ?? '';
    const value = parseDecimal(delimiter === ',' ? cell : cell.replace(',', '.'));
    return { line, picture, value, cell };
  });
  const isHeading = column !== undefined || labels[0]?.value === undefined;
  return isHeading ? labels.slice(1) : labels;
}
