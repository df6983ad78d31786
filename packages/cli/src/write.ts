import {
  type EncodeImageOptions,
  encodeImage,
  FaceMorphError,
  imageTypeOf,
  type Pixels,
  type Provenance,
  saveImage,
} from '@facemorph/core';
import { writeFileAtomically } from '@facemorph/core/node';
import type { ArgsDef } from 'citty';
import { PIPE } from './input.js';

/** Extensions of pictures that can be written. */
export const PICTURES = ['.png', '.jpg', '.jpeg', '.webp', '.avif'] as const;

/** Options of every command that writes pictures. */
export const provenanceArgs = {
  provenance: {
    type: 'boolean',
    default: true,
    description: 'Mark pictures as made or changed by AI',
    negativeDescription: 'Do not mark pictures as made or changed by AI',
  },
} as const satisfies ArgsDef;

/** What a command's pictures say of themselves: nothing after `--no-provenance`. */
export function claim(
  options: { readonly provenance: boolean },
  provenance: Provenance,
): Provenance | false {
  return options.provenance && provenance;
}

/** Writes a picture in the format of its extension, to stdout (`-`) as PNG. */
export async function writePicture(
  path: string,
  pixels: Pixels,
  options: Omit<EncodeImageOptions, 'type'>,
): Promise<void> {
  if (path === PIPE) await writeStdout(await encodeImage(pixels, options));
  else await saveImage(path, pixels, { ...options, type: imageTypeOf(path) });
}

/**
 * Writes a file beside its place and renames it: there is never half a file.
 * @throws {FaceMorphError} `WRITE_FAILED`
 */
export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  if (path === PIPE) return writeStdout(bytes);
  try {
    await writeFileAtomically(path, bytes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FaceMorphError('WRITE_FAILED', `Cannot write ${path}: ${reason}`, {
      hint: 'Check that the folder exists and may be written to.',
      cause,
    });
  }
}

/** Writes a value as JSON. @throws as {@link writeBytes} */
export function writeJson(path: string, value: unknown): Promise<void> {
  return writeBytes(path, new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`));
}

/** Resolves when the bytes are on their way: a pipe may be slow to take them. */
function writeStdout(bytes: Uint8Array): Promise<void> {
  return new Promise((done, fail) => {
    process.stdout.write(bytes, (error) => (error ? fail(error) : done()));
  });
}
