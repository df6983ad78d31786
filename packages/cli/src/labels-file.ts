import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { FaceMorphError, parseLabels } from '@facemorph/core';

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
  const pictures: string[] = [];
  const values: number[] = [];
  for (const { line, picture: name, value, cell } of parseLabels(text, { column })) {
    const where = `${path}, line ${line}`;
    if (value === undefined || name === '') {
      throw invalid(
        `${where}: a picture and a number are expected, not "${name}" and "${cell}"`,
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
  if (pictures.length === 0) {
    throw invalid(`There are no pictures in ${path}`, 'Write a line for each: picture.jpg,34.');
  }
  return { pictures, values };
}

function invalid(message: string, hint: string, cause?: unknown): FaceMorphError {
  return new FaceMorphError('EXAMPLES_INVALID', message, {
    hint,
    ...(cause === undefined ? {} : { cause }),
  });
}
