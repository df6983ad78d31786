import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FaceMorph, type Landmarks, type Pixels } from '@facemorph/core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { modelFolder } from './vectors.js';

/** What `align` in training/prepare.py made of a picture. */
interface AlignVector {
  readonly file?: string;
  readonly width: number;
  readonly height: number;
  readonly landmarks: Landmarks;
  /** Base64 of RGB, every `step`-th pixel of every `step`-th row of the 128x128 frame. */
  readonly crop: string;
}

interface AlignVectors {
  readonly step: number;
  readonly vectors: readonly AlignVector[];
}

const SIDE = 128;
const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const read = (file: string): AlignVectors => JSON.parse(readFileSync(file, 'utf8'));

/** As `picture` in training/align_vectors.py. */
function picture({ width, height }: AlignVector): Pixels {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const squares = 90 * ((Math.floor(x / 7) + Math.floor(y / 5)) % 2);
      for (let c = 0; c < 3; c++) {
        const value = x + y * 3 + c * 40 + ((x * y) % 64) * 2 + squares;
        data[(y * width + x) * 4 + c] = value % 256;
      }
    }
  }
  return { width, height, data };
}

describe('a face is cut out for training and for use in the same way', () => {
  let fm: FaceMorph;
  beforeAll(async () => {
    fm = await FaceMorph.load({ model: modelFolder });
  });
  afterAll(() => fm?.dispose());

  /** The largest difference of any channel, 0..255. */
  async function difference(photo: Pixels, vector: AlignVector, step: number): Promise<number> {
    const { face } = await fm.open(photo, { landmarks: vector.landmarks });
    const aligned = (face.aligned as Pixels).data;
    const crop = Buffer.from(vector.crop, 'base64');
    const columns = Math.ceil(SIDE / step);
    expect(crop.length).toBe(columns * columns * 3);
    let most = 0;
    for (let i = 0; i < crop.length; i++) {
      const [pixel, channel] = [Math.floor(i / 3), i % 3];
      const [x, y] = [(pixel % columns) * step, Math.floor(pixel / columns) * step];
      most = Math.max(most, Math.abs(crop[i]! - aligned[(y * SIDE + x) * 4 + channel]!));
    }
    return most;
  }

  it('within 2/255: pictures made by a formula', async () => {
    const { step, vectors } = read(path('align-vectors.json'));
    expect(vectors.length).toBeGreaterThan(4);
    for (const vector of vectors) {
      expect(await difference(picture(vector), vector, step)).toBeLessThanOrEqual(2);
    }
  });

  const samples = path('../../../shared/data/samples/photos');
  const python = [process.env.FACEMORPH_PYTHON, path('../../.venv/bin/python')].find(
    (file) => file !== undefined && existsSync(file),
  );
  const reason = [
    existsSync(join(samples, 'landmarks.json')) ? '' : `there is no ${samples}`,
    python === undefined ? 'there is no Python with the training requirements' : '',
  ].filter(Boolean);
  if (reason.length > 0) {
    console.warn(`!!! Alignment is not compared on real photos: ${reason.join(', ')}`);
  }

  it.skipIf(reason.length > 0)('within 2/255: real photos', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'facemorph-align-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const truth: { file: string; faces: { lm: Landmarks }[] }[] = JSON.parse(
      readFileSync(join(samples, 'landmarks.json'), 'utf8'),
    );
    const photos = new Map<string, Pixels>();
    for (const [index, { file }] of truth.entries()) {
      // As PNG, so that both sides see the same pixels.
      const upright = sharp(join(samples, file)).autoOrient().ensureAlpha();
      await upright.png({ compressionLevel: 1 }).toFile(join(folder, `${index}.png`));
      const { data, info } = await upright.raw().toBuffer({ resolveWithObject: true });
      photos.set(`${index}.png`, { ...info, data: new Uint8ClampedArray(data) });
    }
    const faces = truth.flatMap(({ faces }, index) =>
      faces.map(({ lm }) => ({ file: `${index}.png`, landmarks: lm })),
    );
    writeFileSync(join(folder, 'faces.json'), JSON.stringify(faces));
    const out = join(folder, 'vectors.json');
    const script = path('../../packages/models/training/align_vectors.py');
    execFileSync(python as string, [script, '--photos', folder, '--out', out]);
    const { step, vectors } = read(out);
    for (const vector of vectors) {
      const photo = photos.get(vector.file as string) as Pixels;
      expect(await difference(photo, vector, step)).toBeLessThanOrEqual(2);
    }
  });
});
