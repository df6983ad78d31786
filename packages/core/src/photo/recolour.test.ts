import { describe, expect, it } from 'vitest';
import { createPixels, type Pixels } from '../image/pixels.js';
import { runAtOnce } from '../slices.js';
import { cutFrame } from './align.js';
import type { FaceFrame } from './face-frame.js';
import { paste } from './paste.js';
import { cutSurroundings } from './surroundings.js';
import { type PasteMode, planTransfer, prepareTransfer, samePixels } from './transfer.js';

const FRAME = { width: 128, height: 128 };
/** Px of the photo around the frame: more than the margin. */
const AROUND = 70;
const SIDE = FRAME.width + 2 * AROUND;
const HERE = { a: 1, b: 0, x0: -AROUND, y0: -AROUND };

/** A face under hair that is cut by the frame's upper border, before a wall. */
function portrait(hair: number[]): Pixels {
  const picture = createPixels(SIDE, SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const [x, y] = [(i % SIDE) - AROUND, Math.floor(i / SIDE) - AROUND];
    const isFace = Math.hypot((x - 64) / 30, (y - 76) / 40) < 1;
    const isHair = Math.hypot((x - 64) / 50, (y - 56) / 80) < 1;
    picture.data.set([...(isFace ? [210, 160, 130] : isHair ? hair : [90, 120, 150]), 255], i * 4);
  }
  return picture;
}

/** What becomes of the photo when the model draws the same in the frame with other hair. */
function recoloured(photo: Pixels, hair: number[]): Pixels {
  const aligned = runAtOnce(cutFrame(photo, HERE, FRAME));
  const after = runAtOnce(cutFrame(portrait(hair), HERE, FRAME));
  const base = runAtOnce(prepareTransfer(aligned, aligned));
  const around = () => cutSurroundings(photo, HERE, FRAME);
  return runAtOnce(paste(photo, HERE, runAtOnce(planTransfer(base, after, 'detail', around))));
}

/** How much lighter the red of a pixel became; coordinates of the frame. */
function lighter(before: Pixels, after: Pixels, x: number, y: number): number {
  const at = ((y + AROUND) * SIDE + x + AROUND) * 4;
  return (after.data[at] as number) - (before.data[at] as number);
}

describe('a change of hair', () => {
  const photo = portrait([60, 45, 35]);
  const result = recoloured(photo, [190, 150, 90]);

  it('goes on above the frame as far as the hair, without a step at the border', () => {
    const inside = lighter(photo, result, 64, 12);
    expect(inside).toBeGreaterThan(50);
    for (const y of [2, 0, -1, -3, -10, -16]) {
      expect(Math.abs(lighter(photo, result, 64, y) - inside), `at y ${y}`).toBeLessThan(25);
    }
  });

  it('ends at the hair: the wall above and beside it stays', () => {
    for (const [x, y] of [
      [64, -34],
      [0, -12],
      [127, -12],
      [-10, 64],
    ] as const) {
      expect(Math.abs(lighter(photo, result, x, y)), `at ${x}, ${y}`).toBeLessThanOrEqual(3);
    }
  });

  it('stays off skin on which the model draws hair', () => {
    const blond = portrait([190, 150, 90]);
    const aligned = runAtOnce(cutFrame(blond, HERE, FRAME));
    const after = runAtOnce(cutFrame(portrait([60, 45, 35]), HERE, FRAME));
    for (let y = 38; y < 48; y++) {
      for (let x = 46; x < 82; x++) after.data.set([60, 45, 35, 255], (y * 128 + x) * 4);
    }
    const base = runAtOnce(prepareTransfer(aligned, aligned));
    const black = runAtOnce(paste(blond, HERE, runAtOnce(planTransfer(base, after))));
    expect(lighter(blond, black, 64, 12)).toBeLessThan(-80);
    expect(lighter(blond, black, 64, 43)).toBeGreaterThan(-25);
  });

  it('changes no pixel beyond the margin', () => {
    const changed = result.data.findIndex((value, at) => {
      const [x, y] = [((at >> 2) % SIDE) - AROUND, Math.floor((at >> 2) / SIDE) - AROUND];
      const isBeyond = x <= -48 || y <= -48 || x >= 175 || y >= 175;
      return isBeyond && value !== photo.data[at];
    });
    expect(changed).toBe(-1);
  });
});

describe('a change inside the face', () => {
  it('leaves all pixels outside the frame alone and does not look at them', () => {
    const photo = portrait([60, 45, 35]);
    const aligned = runAtOnce(cutFrame(photo, HERE, FRAME));
    const after = { ...aligned, data: aligned.data.slice() };
    for (let y = 90; y < 100; y++) {
      for (let x = 50; x < 78; x++) after.data.set([150, 60, 60, 255], (y * 128 + x) * 4);
    }
    const base = runAtOnce(prepareTransfer(aligned, aligned));
    const plan = runAtOnce(
      planTransfer(base, after, 'detail', () => {
        throw new Error('not needed');
      }),
    );
    expect(plan.margin).toBe(0);
    expect(samePixels(runAtOnce(paste(photo, HERE, plan)), photo)).toBe(false);
  });
});

describe('a face beside it', () => {
  it('keeps its hair', () => {
    const photo = portrait([60, 45, 35]);
    // Hair of the same colour all the way to a neighbour whose centre is 6 px right of the frame.
    for (let y = -60; y < 60; y++) {
      for (let x = 64; x < 190; x++) {
        photo.data.set([60, 45, 35, 255], ((y + AROUND) * SIDE + x + AROUND) * 4);
      }
    }
    const aligned = runAtOnce(cutFrame(photo, HERE, FRAME));
    const after = { ...aligned, data: aligned.data.slice() };
    for (let i = 0; i < after.data.length; i += 4) {
      if (after.data[i] === 60) after.data.set([190, 150, 90, 255], i);
    }
    const around = () => cutSurroundings(photo, HERE, FRAME);
    const result = (others: FaceFrame[], mode: PasteMode = 'detail') => {
      const base = runAtOnce(prepareTransfer(aligned, aligned, others));
      return runAtOnce(paste(photo, HERE, runAtOnce(planTransfer(base, after, mode, around))));
    };
    const [alone, beside] = [result([]), result([{ centre: [134, 74], size: 64 }])];
    for (const [x, y] of [
      [118, 40],
      [110, 24],
    ] as const) {
      expect(lighter(photo, alone, x, y), `alone, at ${x}, ${y}`).toBeGreaterThan(10);
      expect(lighter(photo, beside, x, y), `beside, at ${x}, ${y}`).toBe(0);
    }
    expect(lighter(photo, beside, 64, 12)).toBeGreaterThan(50);
    // What is replaced ends there too.
    expect(lighter(photo, result([], 'replace'), 118, 40)).toBeGreaterThan(25);
    expect(lighter(photo, result([{ centre: [134, 74], size: 64 }], 'replace'), 118, 40)).toBe(0);
  });
});
