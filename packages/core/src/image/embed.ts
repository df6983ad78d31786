import type { CommonImageType } from '../platform/platform.js';
import { ascii, concat, insert, text, uint32, viewOf } from './bytes.js';
import { crc32 } from './crc32.js';
import { splitWebp, WEBP_FLAG } from './webp-header.js';

/** What a picture file may hold beside its pixels. */
export interface Extras {
  /** A TIFF structure. */
  readonly exif?: Uint8Array | undefined;
  /** An ICC profile. */
  readonly profile?: Uint8Array | undefined;
}

/**
 * Writes Exif and a colour profile into a picture file.
 * @param bytes - A whole file without either, such as an encoder has just made. They are not changed.
 */
export async function embedExtras(
  bytes: Uint8Array,
  type: CommonImageType,
  extras: Extras,
): Promise<Uint8Array> {
  if (!extras.exif && !extras.profile) return bytes;
  if (type === 'image/jpeg') return embedInJpeg(bytes, extras);
  return type === 'image/webp' ? embedInWebp(bytes, extras) : embedInPng(bytes, extras);
}

/** Bytes of a profile that fit into one segment of a JPEG, beside its name and two numbers. */
const SEGMENT = 65_519;

/** `APP1` and `APP2` segments behind `SOI` and the JFIF header. */
function embedInJpeg(bytes: Uint8Array, { exif, profile }: Extras): Uint8Array {
  const view = viewOf(bytes);
  const place = view.getUint16(2) === 0xffe0 ? 4 + view.getUint16(4) : 2;
  const segments: Uint8Array[] = [];
  if (exif) segments.push(segment(0xe1, [ascii('Exif\0\0'), exif]));
  const count = Math.ceil((profile?.length ?? 0) / SEGMENT);
  for (let i = 0; i < count; i++) {
    const share = (profile as Uint8Array).subarray(i * SEGMENT, (i + 1) * SEGMENT);
    segments.push(segment(0xe2, [ascii('ICC_PROFILE\0'), Uint8Array.of(i + 1, count), share]));
  }
  return insert(bytes, place, concat(segments));
}

function segment(marker: number, parts: readonly Uint8Array[]): Uint8Array {
  const body = concat(parts);
  const length = body.length + 2;
  return concat([Uint8Array.of(0xff, marker, length >> 8, length & 255), body]);
}

/** Where `IHDR` ends: profile and Exif may come next. */
const AFTER_IHDR = 33;

async function embedInPng(bytes: Uint8Array, { exif, profile }: Extras): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  // A name, the end of it, method 0.
  if (profile) chunks.push(chunk('iCCP', [ascii('ICC\0\0'), await deflate(profile)]));
  if (exif) chunks.push(chunk('eXIf', [exif]));
  return insert(bytes, AFTER_IHDR, concat(chunks));
}

function chunk(name: string, parts: readonly Uint8Array[]): Uint8Array {
  const body = concat([ascii(name), ...parts]);
  return concat([uint32(body.length - 4), body, uint32(crc32(body))]);
}

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(bytes)])
    .stream()
    .pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The profile before the picture, Exif behind it, and the flags of both in `VP8X`. */
function embedInWebp(bytes: Uint8Array, { exif, profile }: Extras): Uint8Array {
  const parts = splitWebp(bytes);
  if (!parts) return bytes;
  const { head, rest } = parts;
  head[8] = (head[8] as number) | (exif ? WEBP_FLAG.exif : 0) | (profile ? WEBP_FLAG.profile : 0);
  const body = concat([
    ascii('WEBP'),
    head,
    profile ? riffChunk('ICCP', profile) : new Uint8Array(),
    rest,
    exif ? riffChunk('EXIF', exif) : new Uint8Array(),
  ]);
  return concat([ascii('RIFF'), uint32(body.length, true), body]);
}

function riffChunk(name: string, data: Uint8Array): Uint8Array {
  return concat([ascii(name), uint32(data.length, true), data, new Uint8Array(data.length & 1)]);
}

/** Whether a profile is one of red, green and blue, as pictures that are written here are. */
export function isRgbProfile(profile: Uint8Array): boolean {
  return text(profile, 16, 4) === 'RGB ' && text(profile, 36, 4) === 'acsp';
}
