import { FaceMorphError } from '@facemorph/core';
import type { AnimationFrame } from './frames.js';

/** An endless animated WebP of the browser's own WebP pictures. */
export async function encodeWebp(frames: AsyncIterable<AnimationFrame>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = { width: 1, height: 1 };
  for await (const { canvas, duration } of frames) {
    size = { width: canvas.width, height: canvas.height };
    const file = await canvas.convertToBlob({ type: 'image/webp', quality: 0.9 });
    if (file.type !== 'image/webp') {
      throw new FaceMorphError('IMAGE_UNSUPPORTED', 'This browser cannot write WebP', {
        hint: 'Save the animation as GIF.',
      });
    }
    chunks.push(frameChunk(pictureChunks(await bytesOf(file)), size, duration));
  }
  return joinWebp(size, chunks);
}

/** The file around the frames: canvas without alpha, animation, endless. */
export function joinWebp(
  { width, height }: { readonly width: number; readonly height: number },
  frames: readonly Uint8Array[],
): Uint8Array {
  const ANIMATION = 0b10;
  const extended = chunk('VP8X', [[ANIMATION, 0, 0, 0], u24(width - 1), u24(height - 1)]);
  const animation = chunk('ANIM', [
    [255, 255, 255, 255],
    [0, 0],
  ]);
  return chunk('RIFF', [ascii('WEBP'), extended, animation, ...frames]);
}

/** The chunks of a still WebP that hold its picture. */
export function pictureChunks(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const found: Uint8Array[] = [];
  for (let at = 12; at + 8 <= file.length; ) {
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    const name = String.fromCharCode(...file.subarray(at, at + 4));
    if (['ALPH', 'VP8 ', 'VP8L'].includes(name)) found.push(file.subarray(at, end));
    at = end;
  }
  return found;
}

/** One frame over the whole canvas, which replaces what was there. */
export function frameChunk(
  picture: readonly Uint8Array[],
  { width, height }: { readonly width: number; readonly height: number },
  duration: number,
): Uint8Array {
  const DO_NOT_BLEND = 0b10;
  const place = [...u24(0), ...u24(0), ...u24(width - 1), ...u24(height - 1)];
  return chunk('ANMF', [[...place, ...u24(duration), DO_NOT_BLEND], ...picture]);
}

/** A RIFF chunk, of even length. */
function chunk(name: string, parts: readonly (readonly number[] | Uint8Array)[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(8 + length + (length % 2));
  bytes.set(ascii(name));
  new DataView(bytes.buffer).setUint32(4, length, true);
  let at = 8;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function ascii(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

function u24(value: number): number[] {
  return [value & 255, (value >> 8) & 255, (value >> 16) & 255];
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}
