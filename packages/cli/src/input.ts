import { readFile } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import type { Face, FaceMorph, OpenOptions, Pixels } from '@facemorph/core';
import { FaceMorphError } from '@facemorph/core';
import type { ArgsDef } from 'citty';
import { type Arguments, readNumber } from './arguments.js';
import { UsageError } from './failure.js';
import { looksLikeJson, readLatent } from './latent-file.js';
import type { Run } from './run.js';

/** Options of every command that opens photos. */
export const inputArgs = {
  aligned: {
    type: 'boolean',
    alias: 'a',
    description: 'The picture already is cropped to a face: do not search',
  },
  face: {
    type: 'string',
    valueHint: 'number',
    description: 'Which face of the photo, 1 is the largest (default)',
  },
} as const satisfies ArgsDef;

/** Stdin or stdout in place of a file. */
export const PIPE = '-';

/** Where the face of an input is. */
export type FaceChoice = Pick<OpenOptions, 'aligned' | 'face' | 'landmarks'>;

/** What the options say of where the face is. @throws {UsageError} */
export function readFaceChoice({ options }: Arguments<typeof inputArgs>): FaceChoice {
  const number = readNumber(options.face, 'face', { least: 1, most: 1000, whole: true });
  if (options.aligned && number !== undefined) {
    throw new UsageError('--face has no meaning with --aligned', 'Leave one of the two out.');
  }
  return { aligned: Boolean(options.aligned), face: number === undefined ? 'largest' : number - 1 };
}

/** What an input holds: faces, and the photo they are in. */
export interface OpenedInput {
  readonly faces: readonly Face[];
  /** Absent for a latent file. */
  readonly photo: Pixels | undefined;
}

/**
 * The faces in a photo or a latent file.
 * @param input - Path of a picture or of a latent file (.json), `-` for either on stdin.
 */
export async function openFaces(
  fm: FaceMorph,
  input: string,
  choice: FaceChoice,
  run: Run,
): Promise<OpenedInput> {
  return run.time('open', async () => {
    run.throwIfAborted();
    const piped = input === PIPE ? await readStdin(run) : undefined;
    if (piped && looksLikeJson(piped)) {
      return { faces: [await named(input, () => decodeFace(fm, piped))], photo: undefined };
    }
    if (/\.json$/i.test(input))
      return { faces: [await openLatent(fm, input, run)], photo: undefined };
    const photo = await named(input, () => fm.open(piped ?? input, { ...run.task, ...choice }));
    for (const { code, message, hint } of photo.warnings) {
      run.warn(code, `${input}: ${message}`, hint);
    }
    return { faces: photo.faces, photo: photo.pixels };
  });
}

/** The face of an input of which one is wanted. */
export async function openFace(
  fm: FaceMorph,
  input: string,
  choice: FaceChoice,
  run: Run,
): Promise<Face> {
  const { faces } = await openFaces(fm, input, choice, run);
  return faces[0]!;
}

/** A picture as `fm.open` and `fm.locate` take it: its path, or its bytes from stdin. */
export async function readPicture(input: string, run: Run): Promise<string | Buffer> {
  return input === PIPE ? readStdin(run) : input;
}

/** The face of a latent file, or of one on stdin. */
export async function openLatent(fm: FaceMorph, input: string, run: Run): Promise<Face> {
  const bytes = input === PIPE ? await readStdin(run) : await readLatentFile(input);
  return named(input, () => decodeFace(fm, bytes));
}

/** Does a piece of work on an input; a failure names it, and options as they are typed here. */
export async function named<T>(input: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FaceMorphError) || error.code === 'ABORTED') throw error;
    const { code, message, details, cause } = error;
    const subject = input === PIPE ? 'stdin' : input;
    const { said, hint } =
      code === 'NO_FACE' ? missingFace(error) : { said: message, hint: error.hint };
    throw new FaceMorphError(code, said.includes(subject) ? said : `${subject}: ${said}`, {
      hint,
      details: { ...details, input },
      cause: cause ?? error,
    });
  }
}

/** In the words of the command line, where faces count from 1. */
function missingFace({ message, details }: FaceMorphError): { said: string; hint: string } {
  const { face, found } = details;
  if (typeof face !== 'number') {
    return { said: message, hint: 'Add --aligned if the picture is cropped to one face.' };
  }
  return {
    said: `There is no face ${face + 1}`,
    hint: `Faces found: ${found}; see facemorph locate.`,
  };
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

/** All of stdin, which may never end: Ctrl+C ends the reading. */
async function readStdin(run: Run): Promise<Buffer> {
  const { stdin } = process;
  if (run.task.signal) addAbortSignal(run.task.signal, stdin);
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of stdin) chunks.push(chunk as Uint8Array);
  } catch (error) {
    run.throwIfAborted();
    throw error;
  }
  return Buffer.concat(chunks);
}

function decodeFace(fm: FaceMorph, bytes: Uint8Array): Face {
  return fm.face(readLatent(new TextDecoder().decode(bytes), fm.manifest));
}
