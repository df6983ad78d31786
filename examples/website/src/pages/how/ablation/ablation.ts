import a0 from './a0.webp';
import a2 from './a2.webp';
import a3 from './a3.webp';
import input from './input.webp';
import { numbers } from './numbers.js';

/** What is shown of one way to train: a sheet of four faces, two by two. */
export interface Arm {
  readonly name: string;
  readonly sheet: string;
  /** Of the copies of 500 photos; none for the faces themselves. */
  readonly numbers?: (typeof numbers)[keyof typeof numbers];
}

/** The faces of each sheet, row by row. */
export const FACES = [
  'Eileen Collins, astronaut (NASA)',
  'Made up, dark hair',
  'Made up, grey hair',
  'Made up, in shadow',
] as const;

/** Sheets drawn by `packages/models/training/ablation_strip.py`. */
export const ARMS: readonly Arm[] = [
  { name: 'What goes in', sheet: input },
  { name: 'Squared error', sheet: a0, numbers: numbers.A0 },
  { name: 'MS-SSIM', sheet: a2, numbers: numbers.A2 },
  { name: 'MS-SSIM and L1', sheet: a3, numbers: numbers.A3 },
];
