import { createPixels, type Pixels } from '@facemorph/core';

/** Options of {@link contactSheet}. */
export interface SheetOptions {
  /** @defaultValue as many as make the sheet about square */
  readonly columns?: number | undefined;
  /** White space around each picture, in px. @defaultValue 4 */
  readonly gap?: number;
}

/** One picture of many of the same size, in rows from the left, on white. */
export function contactSheet(pictures: readonly Pixels[], options: SheetOptions = {}): Pixels {
  const { columns = Math.ceil(Math.sqrt(pictures.length)), gap = 4 } = options;
  const { width = 0, height = 0 } = pictures[0] ?? {};
  const rows = Math.ceil(pictures.length / columns);
  const sheet = createPixels(columns * (width + gap) + gap, rows * (height + gap) + gap);
  sheet.data.fill(255);
  for (const [index, picture] of pictures.entries()) {
    const left = gap + (index % columns) * (width + gap);
    const top = gap + Math.floor(index / columns) * (height + gap);
    for (let y = 0; y < height; y++) {
      const row = picture.data.subarray(y * width * 4, (y + 1) * width * 4);
      sheet.data.set(row, ((top + y) * sheet.width + left) * 4);
    }
  }
  return sheet;
}
