import { describe, expect, it } from 'vitest';
import { createPixels, type Pixels } from '../image/pixels.js';
import { type Alignment, alignFace } from './align.js';
import type { Landmarks } from './landmarks.js';
import { type FaceQuality, measureQuality, qualityWarnings } from './quality.js';
import { applySimilarity, type Point, type Similarity } from './similarity.js';

const POINTS: Landmarks = [
  [48, 58],
  [80, 58],
  [64, 80.02],
  [49.66, 91.52],
  [78.34, 91.52],
];
const TEMPLATE = { width: 128, height: 128, points: POINTS };
const GOOD: FaceQuality = { faceSize: 200, yaw: 0, blur: 0.1, coverage: 1, fit: 0.5 };

/** Squares of so many px, light and dark. */
function board(side: number, cell: number, contrast = 100): Pixels {
  const photo = createPixels(side, side);
  for (let i = 0; i < side * side; i++) {
    const odd = (Math.floor((i % side) / cell) + Math.floor(i / side / cell)) % 2;
    const value = 128 + (odd - 0.5) * contrast;
    photo.data.set([value, value, value, 255], i * 4);
  }
  return photo;
}

/** A face that lies in the photo as the template, put through `toPhoto`, the nose moved sideways. */
function place(photo: Pixels, toPhoto: Similarity, noseBy = 0): [Alignment, Landmarks] {
  const points = POINTS.map(([x, y], i): Point => [i === 2 ? x + noseBy : x, y]);
  const landmarks = points.map((p) => applySimilarity(toPhoto, p)) as unknown as Landmarks;
  return [alignFace(photo, landmarks, TEMPLATE), landmarks];
}

const codesOf = (quality: FaceQuality, confidence?: number) =>
  qualityWarnings(quality, confidence).map(({ code }) => code);

describe('measureQuality', () => {
  it('measures size in px of the photo, and how much of the frame is there', () => {
    const photo = board(400, 10);
    const whole = measureQuality(...place(photo, { a: 2, b: 0, x0: 20, y0: 30 }));
    expect(whole.faceSize).toBeCloseTo(128, 5);
    expect(whole.coverage).toBe(1);
    const half = measureQuality(...place(photo, { a: 2, b: 0, x0: -128, y0: 30 }));
    expect(half.coverage).toBeCloseTo(0.5, 2);
  });

  it('knows where the head is turned, however it lies in the photo', () => {
    const photo = board(400, 10);
    for (const toPhoto of [
      { a: 1.5, b: 0, x0: 60, y0: 60 },
      { a: 0, b: 1.5, x0: 300, y0: 60 },
    ]) {
      expect(measureQuality(...place(photo, toPhoto)).yaw).toBeCloseTo(0, 1);
      const right = measureQuality(...place(photo, toPhoto, 12)).yaw!;
      const left = measureQuality(...place(photo, toPhoto, -12)).yaw!;
      expect(right).toBeGreaterThan(15);
      expect(left).toBeCloseTo(-right, 5);
    }
    const [alignment] = place(photo, { a: 1.5, b: 0, x0: 60, y0: 60 });
    expect(measureQuality(alignment).yaw).toBeUndefined();
  });

  it('tells a soft picture from a sharp one, whatever its contrast', () => {
    const blurOf = (photo: Pixels) =>
      measureQuality(...place(photo, { a: 1, b: 0, x0: 0, y0: 0 })).blur;
    const fine = blurOf(board(128, 4));
    expect(fine).toBeLessThan(0.2);
    expect(blurOf(board(128, 4, 40))).toBeCloseTo(fine, 1);
    // Enlarged sixteen times, the same pattern is a slow wave.
    const wave = board(16, 2);
    const [alignment] = place(wave, { a: 1 / 8, b: 0, x0: 0, y0: 0 });
    expect(measureQuality(alignment).blur).toBeGreaterThan(0.5);
  });
});

describe('qualityWarnings', () => {
  it('has nothing to say of a good photo', () => {
    expect(codesOf(GOOD)).toEqual([]);
    expect(codesOf({ ...GOOD, yaw: undefined })).toEqual([]);
  });

  it.each([
    ['FACE_SMALL', { faceSize: 25 }, /25 px wide/],
    ['FACE_CUT_OFF', { coverage: 0.6 }, /40 % of the face's frame/],
    ['FACE_TURNED', { yaw: -48.4 }, /by about 48 degrees/],
    ['FACE_BLURRED', { blur: 0.8 }, /out of focus/],
    ['POOR_FIT', { fit: 0.01 }, /cannot represent/],
  ])('warns with %s and says what to do', (code, part, message) => {
    const warnings = qualityWarnings({ ...GOOD, ...part });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(warnings[0]!.hint).toMatch(/photo/);
  });

  it('warns of a face that may be none, and not of the softness of a small one', () => {
    expect(codesOf(GOOD, 0.6)).toEqual(['LOW_CONFIDENCE']);
    expect(codesOf({ ...GOOD, faceSize: 20, blur: 0.9 })).toEqual(['FACE_SMALL']);
  });
});
