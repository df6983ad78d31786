import { describe, expect, it } from 'vitest';
import { createPixels, type Pixels } from '../image/pixels.js';
import { runAtOnce } from '../slices.js';
import { LivePaste } from './live-paste.js';
import { paste } from './paste.js';
import { type PasteMode, planTransfer, prepareTransfer } from './transfer.js';

const SIDE = 128;
const SCALE = 2;

/** A round face with two eyes and a mouth, `grain` fine pattern, the mouth `open` px. */
function drawFace(side: number, { grain = 0, open = 2, tint = 0 } = {}): Pixels {
  const picture = createPixels(side, side);
  const scale = side / SIDE;
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [((i % side) + 0.5) / scale, (Math.floor(i / side) + 0.5) / scale];
    const isFace = Math.hypot((x - 64) / 34, (y - 70) / 46) < 1;
    const isEye = Math.min(Math.hypot(x - 48, y - 60), Math.hypot(x - 80, y - 60)) < 5;
    const isMouth = Math.hypot((x - 64) / 16, (y - 96) / open) < 1;
    let colour = isFace ? [200 - tint, 160, 140 + tint] : [70, 80, 90];
    if (isEye) colour = [40, 40, 50];
    if (isMouth) colour = [150, 60, 60];
    const noise = grain * Math.sin(i * 12.9898);
    picture.data.set([...colour.map((value) => value + noise), 255], i * 4);
  }
  return picture;
}

const aligned = drawFace(SIDE);
const before = drawFace(SIDE);
const closeUp = drawFace(SIDE * SCALE, { grain: 8 });
const pasteHere = (after: Pixels, mode: PasteMode) =>
  runAtOnce(
    paste(
      closeUp,
      { a: 1 / SCALE, b: 0, x0: 0, y0: 0 },
      runAtOnce(planTransfer(runAtOnce(prepareTransfer(aligned, before)), after, mode)),
    ),
  );
const prepare = (mode?: PasteMode) =>
  runAtOnce(LivePaste.prepare({ closeUp, aligned, before }, mode));

describe('LivePaste', () => {
  it('shows the photo itself when nothing changes', () => {
    const live = prepare();
    expect(runAtOnce(live.draw({ ...before, data: before.data.slice() }))).toBe(closeUp);
  });

  it.each(['detail', 'replace'] as const)('shows what pasting gives, in mode %s', (mode) => {
    const live = prepare(mode);
    for (const after of [drawFace(SIDE, { tint: 40 }), drawFace(SIDE, { open: 7 })]) {
      const pasted = pasteHere(after, mode);
      const shown = runAtOnce(live.draw(after));
      let [off, changed] = [0, 0];
      for (let i = 0; i < shown.data.length; i++) {
        off += Math.abs(shown.data[i]! - pasted.data[i]!);
        changed += Math.abs(closeUp.data[i]! - pasted.data[i]!);
      }
      expect(changed / shown.data.length).toBeGreaterThan(1);
      expect(off).toBeLessThan(0.1 * changed);
    }
  });

  it('writes to none of its pictures', () => {
    const copies = [closeUp, aligned, before].map(({ data }) => data.slice());
    runAtOnce(prepare().draw(drawFace(SIDE, { tint: 40 })));
    for (const [i, { data }] of [closeUp, aligned, before].entries()) {
      expect(data.every((value, at) => value === copies[i]![at])).toBe(true);
    }
  });
});
