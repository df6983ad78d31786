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
    if (piped && looksLikeJson(piped)) return fm.face(readLatent(decodeText(piped), fm.manifest));
    if (/\.json$/i.test(input)) return openLatent(fm, input);
    const photo = await fm.open(piped ?? input, { ...run.task, aligned });
    for (const { code, message } of photo.warnings) run.warn(code, `${input}: ${message}`);
    return photo.face;
  });
}

/** The face of a latent file, or of one on stdin. */
export async function openLatent(fm: FaceMorph, input: string): Promise<Face> {
  const bytes = input === PIPE ? await readStdin() : await readLatentFile(input);
  return fm.face(readLatent(decodeText(bytes), fm.manifest));
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

function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
