import { fileURLToPath } from 'node:url';
import { FaceMorph, type Pixels } from '@facemorph/core';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { type DrawnRecipe, drawRecipes, largestDifference } from '../../bench/recipes/draw.mjs';
import { serveCore } from '../../scripts/lib/core-server.mjs';
import { modelFolder } from '../parity/vectors.js';
import { launchChromium, withoutBrowser } from './support/chromium.js';

/** A portrait in the public domain; see tests/fixtures/README.md. */
const PORTRAIT = fileURLToPath(new URL('../fixtures/portrait.jpg', import.meta.url));

it.skipIf(withoutBrowser)('recipes written in Node give the same in Chromium', async () => {
  const fm = await FaceMorph.load({ model: modelFolder, backend: 'onnxruntime-node' });
  const drawn: DrawnRecipe[] = [];
  for await (const recipe of drawRecipes(fm, { count: 17, seed: 20 })) drawn.push(recipe);
  const portrait = await readPixels(PORTRAIT);
  for await (const recipe of drawRecipes(fm, { count: 3, seed: 21, portrait })) drawn.push(recipe);
  await fm.dispose();
  const server = await serveCore();
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    const inputs = drawn.map(({ recipe, photo }) => ({ recipe, photo: pack(photo) }));
    const { backend, pictures } = await page.evaluate(replayInPage, inputs);
    expect(backend).toBe('wasm');
    const far = drawn.flatMap(({ recipe, edited }, i) => {
      const difference = largestDifference(unpack(pictures[i] as Packed), edited);
      return difference <= 3 ? [] : [{ recipe, difference }];
    });
    expect(far).toEqual([]);
    // Not because nothing was edited.
    const moved = drawn.filter(({ photo, edited }) => largestDifference(photo, edited) > 10);
    expect(moved.length).toBeGreaterThan(drawn.length / 2);
  } finally {
    await browser.close();
    await server.close();
  }
});

/** Pixels on their way to a page and back: RGBA in base64. */
interface Packed {
  readonly width: number;
  readonly height: number;
  readonly data: string;
}

function pack({ width, height, data }: Pixels): Packed {
  return { width, height, data: Buffer.from(data).toString('base64') };
}

function unpack({ width, height, data }: Packed): Pixels {
  return { width, height, data: new Uint8ClampedArray(Buffer.from(data, 'base64')) };
}

async function readPixels(file: string): Promise<Pixels> {
  const { data, info } = await sharp(file)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

interface PageGlobals {
  readonly core: Promise<typeof import('@facemorph/core')>;
}

/** Runs in the page: must not use anything from outside. */
async function replayInPage(
  inputs: readonly { readonly recipe: string; readonly photo: Packed }[],
) {
  const { FaceMorph } = await (globalThis as unknown as PageGlobals).core;
  const fm = await FaceMorph.load({ model: '/model/manifest.json', cache: false });
  const pictures: Packed[] = [];
  for (const { recipe, photo } of inputs) {
    const data = Uint8ClampedArray.from(atob(photo.data), (letter) => letter.charCodeAt(0));
    const edited = await fm.replay(recipe, { width: photo.width, height: photo.height, data });
    const pixels = await edited.pixels();
    let letters = '';
    for (let i = 0; i < pixels.data.length; i += 8192) {
      letters += String.fromCharCode(...pixels.data.subarray(i, i + 8192));
    }
    pictures.push({ width: pixels.width, height: pixels.height, data: btoa(letters) });
  }
  await fm.dispose();
  return { backend: fm.backend, pictures };
}
