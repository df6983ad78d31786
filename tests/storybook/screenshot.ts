import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright-core';
import sharp from 'sharp';

const folder = (name: string): string => fileURLToPath(new URL(`./${name}`, import.meta.url));
const update = process.env.FACEMORPH_UPDATE_SCREENSHOTS !== undefined;

/** Pictures are kept at a fraction of their size: letters blur, so that another font passes. */
const SHRINK = 3;
/** Another font may wrap a text once more, in px. */
const LINE = 24;
/** Around a part, in px. */
const MARGIN = 12;
/** Colours may differ by this share before a pixel counts. */
const THRESHOLD = 0.2;
/** So many of the pixels may differ. */
const TOLERANCE = 0.02;

/**
 * Compares what is shown with the picture in `baseline/`. A difference leaves what was seen in
 * `actual/`. With `FACEMORPH_UPDATE_SCREENSHOTS` set it becomes the new baseline.
 *
 * @returns what is wrong, or nothing.
 */
export async function compareScreenshot(page: Page, id: string): Promise<string | undefined> {
  const seen = await shrink(
    await page.screenshot({ animations: 'disabled', clip: await placeOf(page) }),
  );
  const baseline = `${folder('baseline')}/${id}.png`;
  if (update || (!existsSync(baseline) && !process.env.CI)) {
    writeFileSync(baseline, seen);
    return undefined;
  }
  const share = existsSync(baseline) ? await difference(readFileSync(baseline), seen) : 1;
  if (share <= TOLERANCE) return undefined;
  mkdirSync(folder('actual'), { recursive: true });
  writeFileSync(`${folder('actual')}/${id}.png`, seen);
  return `${(share * 100).toFixed(1)} % of the picture differs from tests/storybook/baseline/${id}.png; see actual/`;
}

/** Where the story is on the page: parts are small, the whole editor fills it. */
async function placeOf(
  page: Page,
): Promise<{ x: number; y: number; width: number; height: number }> {
  const { width: widest, height: highest } = page.viewportSize() ?? { width: 0, height: 0 };
  const box = await page.locator('#storybook-root').boundingBox();
  const x = Math.max(0, Math.floor(box?.x ?? 0) - MARGIN);
  const y = Math.max(0, Math.floor(box?.y ?? 0) - MARGIN);
  const width = Math.min(Math.ceil(box?.width ?? widest) + 2 * MARGIN, widest - x);
  return { x, y, width, height: Math.min(Math.ceil(box?.height ?? 0) + 2 * MARGIN, highest - y) };
}

async function shrink(png: Buffer): Promise<Buffer> {
  const { width = 0 } = await sharp(png).metadata();
  return sharp(png)
    .resize(Math.round(width / SHRINK), null, { kernel: 'cubic' })
    .png({ palette: true, colours: 64, effort: 8, compressionLevel: 9 })
    .toBuffer();
}

/** The share of pixels that differ; 1 for pictures whose sizes are more than a line of text apart. */
async function difference(a: Buffer, b: Buffer): Promise<number> {
  const sizes = await Promise.all([a, b].map((png) => sharp(png).metadata()));
  const [width, height] = (['width', 'height'] as const).map((side) =>
    Math.min(...sizes.map((size) => size[side] ?? 0)),
  ) as [number, number];
  const line = LINE / SHRINK;
  if (sizes.some((size) => size.width > width + line || size.height > height + line)) return 1;
  const [one, two] = await Promise.all([a, b].map((png) => raw(png, width, height)));
  if (!one || !two) return 1;
  const count = pixelmatch(one, two, undefined, width, height, { threshold: THRESHOLD });
  return count / (width * height);
}

/** Its upper left part as RGBA. */
function raw(png: Buffer, width: number, height: number): Promise<Buffer> {
  return sharp(png).extract({ left: 0, top: 0, width, height }).ensureAlpha().raw().toBuffer();
}
