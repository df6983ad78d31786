import { readFile } from 'node:fs/promises';
import type { Face, FaceMorph } from '@facemorph/core';
import { FaceMorphError } from '@facemorph/core';
import type { ArgsDef } from 'citty';
import { looksLikeJson, readLatent } from './latent-file.js';
import type { Run } from './run.js';

/** Options of every command that opens photos. */
export const inputArgs = {
  aligned: {
    type: 'boolean',
    alias: 'a',
    description: 'The picture already is cropped to a face',
  },
} as const satisfies ArgsDef;

/** Stdin or stdout in place of a file. */
export const PIPE = '-';

/**
 * The face in a photo or a latent file.
 * @param input - Path of a picture or of a latent file (.json), `-` for either on stdin.
 */
export async function openFace(
  fm: FaceMorph,
  input: string,
  aligned: boolean,
  run: Run,
): Promise<Face> {
  return run.time('open', async () => {
    const piped = input === PIPE ? await readStdin() : undefined;
    if (piped && looksLikeJson(piped)) return named(input, () => decodeFace(fm, piped));
    if (/\.json$/i.test(input)) return openLatent(fm, input);
    const photo = await named(input, () => fm.open(piped ?? input, { ...run.task, aligned }));
    for (const { code, message } of photo.warnings) run.warn(code, `${input}: ${message}`);
    return photo.face;
  });
}

/** The face of a latent file, or of one on stdin. */
export async function openLatent(fm: FaceMorph, input: string): Promise<Face> {
  const bytes = input === PIPE ? await readStdin() : await readLatentFile(input);
  return named(input, () => decodeFace(fm, bytes));
}

/** Does a piece of work on an input; a failure names it, and options as they are typed here. */
async function named<T>(input: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FaceMorphError) || error.code === 'ABORTED') throw error;
    const { code, message, details, cause } = error;
    const subject = input === PIPE ? 'stdin' : input;
    const hint = code === 'NO_FACE' ? 'Add --aligned if it is cropped to a face.' : error.hint;
    throw new FaceMorphError(code, message.includes(subject) ? message : `${subject}: ${message}`, {
      hint,
      details,
      cause: cause ?? error,
    });
  }
}

async function readLatentFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new FaceMorphError('IMAGE_NOT_FOUND', `Cannot read ${path}`, {
      hint: 'Check the path.',
      cause,
    });
  }
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function decodeFace(fm: FaceMorph, bytes: Uint8Array): Face {
  return fm.face(readLatent(new TextDecoder().decode(bytes), fm.manifest));
}
