/** One line of a table that is not empty. */
interface CsvRow {
  /** In the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A table as {@link parseCsv} reads it. */
interface CsvTable {
  /** What stands between cells: a comma, a semicolon or a tab. */
  readonly delimiter: string;
  readonly rows: readonly CsvRow[];
}

/**
 * The rows of a table as spreadsheets save it: cells between commas, semicolons or tabs (whichever comes
 * first in the text), in double quotes where they hold one of those; a quote within is written twice.
 * Cells are trimmed; a cell cannot hold a line break.
 */
export function parseCsv(text: string): CsvTable {
  const plain = text.replace(/^\uFEFF/, '');
  const delimiter = /[,;\t]/.exec(plain.replace(/"[^"\n]*"/g, ''))?.[0] ?? ',';
  const rows = plain.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return [];
    return [{ line: index + 1, cells: splitLine(line, delimiter) }];
  });
  return { delimiter, rows };
}

function splitLine(line: string, delimiter: string): string[] {
  const cells = [''];
  let quoted = false;
  for (const letter of line.replaceAll('""', '\0')) {
    if (letter === '"') quoted = !quoted;
    else if (letter === delimiter && !quoted) cells.push('');
    else cells[cells.length - 1] += letter;
  }
  return cells.map((cell) => cell.replaceAll('\0', '"').trim());
}
