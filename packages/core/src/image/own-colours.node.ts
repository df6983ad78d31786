import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sharp, SharpOptions } from 'sharp';
import { isRgbProfile } from './embed.js';
import type { Pixels } from './pixels.js';

/** What importing sharp gives. */
export type SharpFactory = (input: Uint8Array, options?: SharpOptions) => Sharp;

/** A picture whose numbers are in the space of its profile. */
export interface ProfiledPixels {
  readonly pixels: Pixels;
  readonly profile: Uint8Array;
}

/** A file that was opened can be read again: nothing is refused now that was not refused then. */
const AS_OPENED = { limitInputPixels: false, failOn: 'error' } as const;

/**
 * An edited photo in the colours of its own file: pixels that the edit left alone have the numbers
 * that the file has, the others move from there by what the edit changed.
 *
 * @param edited - In sRGB. @param file - What it was decoded from.
 * @returns `undefined` where the file has no profile of red, green and blue: sRGB, grey or CMYK.
 */
export async function inOwnColours(
  sharp: SharpFactory,
  edited: Pixels,
  file: Uint8Array,
): Promise<ProfiledPixels | undefined> {
  const { icc: profile } = await sharp(file, AS_OPENED).metadata();
  if (!profile || !isRgbProfile(profile)) return undefined;
  const own = await decode(sharp(file, { ...AS_OPENED, ignoreIcc: true }));
  if (own.length !== edited.data.length) return undefined;
  const photo = await decode(sharp(file, AS_OPENED));
  const stride = edited.width * 4;
  const rows = changedRows(edited.data, photo, stride);
  if (rows.end > rows.start) {
    const [from, to] = [rows.start * stride, rows.end * stride];
    const [before, after] = await convertRows(sharp, profile, edited.width, [
      photo.subarray(from, to),
      edited.data.subarray(from, to),
    ]);
    for (let i = from; i < to; i++) {
      if (edited.data[i] !== photo[i]) own[i]! += after[i - from]! - before[i - from]!;
    }
  }
  return { pixels: { ...edited, data: own }, profile };
}

async function decode(image: Sharp): Promise<Uint8ClampedArray> {
  const steps = image.autoOrient().toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' });
  const data = await steps.toBuffer();
  return new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength);
}

/** The rows from the first to the last that differ. */
function changedRows(
  a: Uint8ClampedArray,
  b: Uint8ClampedArray,
  stride: number,
): { start: number; end: number } {
  let first = 0;
  while (first < a.length && a[first] === b[first]) first++;
  let last = a.length;
  while (last > first && a[last - 1] === b[last - 1]) last--;
  return { start: Math.floor(first / stride), end: Math.ceil(last / stride) };
}

/** Rows of sRGB in the space of a profile, which sharp takes as a file only. */
async function convertRows(
  sharp: SharpFactory,
  profile: Uint8Array,
  width: number,
  pictures: readonly [Uint8ClampedArray, Uint8ClampedArray],
): Promise<[Uint8Array, Uint8Array]> {
  const folder = await mkdtemp(join(tmpdir(), 'facemorph-'));
  try {
    const path = join(folder, 'profile.icc');
    await writeFile(path, profile);
    const convert = ({ buffer, byteOffset, byteLength }: Uint8ClampedArray): Promise<Buffer> => {
      const raw = { width, height: byteLength / (width * 4), channels: 4 } as const;
      return sharp(new Uint8Array(buffer, byteOffset, byteLength), { raw, limitInputPixels: false })
        .withIccProfile(path)
        .raw({ depth: 'uchar' })
        .toBuffer();
    };
    return [await convert(pictures[0]), await convert(pictures[1])];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
