import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { FaceMorphError } from '@facemorph/core';
import { parseDecimal } from './arguments.js';

const READABLE = /\.(jpe?g|png|webp|avif|gif|tiff?|json)$/i;

/** Pictures and latent files in a folder, by name. @throws {FaceMorphError} `EXAMPLES_INVALID` */
export async function listPictures(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause) => {
    throw invalid(`Cannot read the folder ${folder}`, 'Check the path.', cause);
  });
  const pictures = names.filter((name) => READABLE.test(name)).sort();
  if (pictures.length === 0) throw invalid(`There are no pictures in ${folder}`, 'Put some there.');
  return pictures.map((name) => join(folder, name));
}

/** Pictures with a number each. */
export interface NumberedPictures {
  readonly pictures: readonly string[];
  readonly values: readonly number[];
}

/**
 * A table of `picture,number`, one a line; a first line without a number is a heading. Pictures are
 * beside the table.
 * @throws {FaceMorphError} `EXAMPLES_INVALID`, naming the line
 */
export async function readNumbersFile(path: string): Promise<NumberedPictures> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw invalid(`Cannot read the table ${path}`, 'Check the path.', cause);
  });
  const pictures: string[] = [];
  const values: number[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue;
    const [, quoted, plain, number = ''] = /^(?:"([^"]*)"|([^,;\t]*))[,;\t](.*)$/.exec(line) ?? [];
    const value = parseDecimal(number.trim().replace(/^"(.*)"$/, '$1'));
    const name = (quoted ?? plain ?? '').trim();
    if (value === undefined && index === 0) continue;
    if (value === undefined || name === '') {
      throw invalid(`${path}, line ${index + 1}: "${line}"`, 'Write picture.jpg,34 on each line.');
    }
    pictures.push(resolve(dirname(path), name));
    values.push(value);
  }
  return { pictures, values };
}

function invalid(message: string, hint: string, cause?: unknown): FaceMorphError {
  return new FaceMorphError('EXAMPLES_INVALID', message, {
    hint,
    ...(cause === undefined ? {} : { cause }),
  });
}
