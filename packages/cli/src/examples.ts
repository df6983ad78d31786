import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FaceMorphError } from '@facemorph/core';

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

function invalid(message: string, hint: string, cause?: unknown): FaceMorphError {
  return new FaceMorphError('EXAMPLES_INVALID', message, {
    hint,
    ...(cause === undefined ? {} : { cause }),
  });
}
