import { describe, expect, test } from 'vitest';
import { blur, type Grey, greyOf, meanSquaredError, msSsim } from './ms-ssim.js';

const SIZE = 96;
const texture: Grey = {
  width: SIZE,
  height: SIZE,
  data: Float32Array.from({ length: SIZE * SIZE }, (_, i) => {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
    return 128 + 50 * Math.sin(x / 2) * Math.cos(y / 3) + 30 * Math.sin((x + y) / 11);
  }),
};
const shifted = (by: number): Grey => ({ ...texture, data: texture.data.map((v) => v + by) });

describe('MS-SSIM', () => {
  test('is 1 for the same picture', () => {
    expect(msSsim(texture, texture)).toBeCloseTo(1, 5);
  });

  test('falls as a picture is blurred', () => {
    const scores = [0.5, 1, 2].map((sigma) => msSsim(texture, blur(texture, sigma)));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores[2]).toBeLessThan(0.95);
  });

  test('tells blur from brightness where the mean squared error does not', () => {
    const soft = blur(texture, 2);
    const error = meanSquaredError(texture, soft);
    const bright = shifted(Math.sqrt(error));
    expect(meanSquaredError(texture, bright)).toBeCloseTo(error, 1);
    expect(msSsim(texture, bright)).toBeGreaterThan(msSsim(texture, soft) + 0.05);
  });
});

test('luma of white is 255', () => {
  const grey = greyOf({ width: 1, height: 1, data: new Uint8ClampedArray([255, 255, 255, 255]) });
  expect(grey.data[0]).toBeCloseTo(255, 3);
});
