import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { numbers } from './numbers.js';

type Measured = Readonly<Record<'psnr' | 'msssim' | 'sharpness', { readonly value: number }>>;

const file = '../../../../../../packages/models/weights/facemorph-128/ablation.json';
const measured: Record<string, Measured> = JSON.parse(
  readFileSync(new URL(file, import.meta.url), 'utf8'),
);

test.each(['A0', 'A2', 'A3'] as const)('the essay says of %s what was measured', (arm) => {
  const mean = (name: keyof Measured): number =>
    [1, 2].reduce((sum, seed) => sum + (measured[`${arm}-${seed}`]?.[name].value ?? NaN) / 2, 0);
  expect(numbers[arm].psnr).toBeCloseTo(mean('psnr'), 1);
  expect(numbers[arm].msssim).toBeCloseTo(mean('msssim'), 3);
  expect(numbers[arm].sharpness).toBeCloseTo(mean('sharpness'), 2);
});
