import type { Locator, Page } from 'playwright-core';

/** A change that nobody overlooks, in levels of 0..255 over the whole picture. */
export const NOTICEABLE = 2;

/** The slider of an attribute. */
export function sliderOf(page: Page, label: string): Locator {
  return page.getByRole('slider', { name: label, exact: true });
}

/** Waits until the model is there and the face has been painted from it; fails if it cannot be. */
export async function waitForFace(page: Page): Promise<void> {
  const failed = page.locator('.fm-progress[data-status="failed"]');
  await printOf(page, '[data-sequence]').or(failed).first().waitFor({ timeout: 60_000 });
  if (await failed.isVisible()) throw new Error((await page.locator('main').textContent()) ?? '');
}

/** The large picture of a page. */
function printOf(page: Page, state = ''): Locator {
  return page.locator(`main .print canvas.fm-canvas${state}`).first();
}

/** Waits until no new frame has come for a moment: what is shown is the newest edit. */
export async function settle(page: Page): Promise<void> {
  const canvas = printOf(page);
  let before: string | null;
  let after = await canvas.getAttribute('data-sequence');
  do {
    before = after;
    await page.waitForTimeout(250);
    after = await canvas.getAttribute('data-sequence');
  } while (after !== before);
}

/**
 * Waits until the painted picture is further than so many levels from one before, and at rest.
 * Fails when it never is.
 */
export async function waitForChange(
  page: Page,
  before: readonly number[],
  by: number,
): Promise<number[]> {
  const end = Date.now() + 30_000;
  while (distance(before, await paintedFace(page)) <= by) {
    if (Date.now() > end) throw new Error(`The picture has not changed by ${by} levels in 30 s`);
    await page.waitForTimeout(100);
  }
  await settle(page);
  return paintedFace(page);
}

/** The picture as it is painted, red, green and blue of every fourth pixel in both directions. */
export async function paintedFace(page: Page): Promise<number[]> {
  return painted(printOf(page));
}

/** What is painted on a canvas, as {@link paintedFace} gives it. */
export async function painted(canvas: Locator): Promise<number[]> {
  return canvas.evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const image = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
    const values: number[] = [];
    for (let y = 0; image && y < image.height; y += 4) {
      for (let x = 0; x < image.width; x += 4) {
        const at = (y * image.width + x) * 4;
        values.push(...image.data.slice(at, at + 3));
      }
    }
    return values;
  });
}

/** How far two pictures are apart, in levels of 0..255 a value. */
export function distance(a: readonly number[], b: readonly number[]): number {
  const sum = a.reduce((total, value, i) => total + Math.abs(value - (b[i] ?? 0)), 0);
  return sum / a.length;
}

/** Drags a slider's cap with the mouse to a share of its track, 0 is its left end. */
export async function dragSlider(page: Page, slider: Locator, to: number): Promise<void> {
  const box = await slider.boundingBox();
  if (!box) throw new Error('The slider is not in sight');
  const y = box.y + box.height / 2;
  const [low, high, value] = await slider.evaluate((element) => {
    const input = element as HTMLInputElement;
    return [Number(input.min), Number(input.max), input.valueAsNumber] as const;
  });
  await page.mouse.move(box.x + (box.width * (value - low)) / (high - low), y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * to, y, { steps: 12 });
  await page.mouse.up();
}

/** Puts a slider to a value as a keyboard would, and lets it rest. */
export async function setSlider(slider: Locator, value: number): Promise<void> {
  await slider.fill(String(value));
  await slider.blur();
}
