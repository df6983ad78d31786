import { expect, it } from 'vitest';
import { serveCore } from '../../scripts/lib/core-server.mjs';
import { expectParity, readVectors } from '../parity/vectors.js';
import { launchChromium, withoutBrowser } from './support/chromium.js';

it.skipIf(withoutBrowser)('the shipped model gives in Chromium what torch gives', async () => {
  const vectors = readVectors();
  const server = await serveCore();
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) elsewhere.push(request.url());
    });
    await page.goto(server.url);
    const inputs = vectors.map(({ latent, image }) => ({ latent: [...latent], image: [...image] }));
    const { backend, results } = await page.evaluate(runVectors, inputs);
    expect(backend).toBe('wasm');
    expectParity(
      vectors,
      results.map(({ decoded, encoded }) => ({
        decoded: new Uint8Array(decoded),
        encoded: new Float32Array(encoded),
      })),
    );
    expect(elsewhere.filter((url) => !/^(blob|data):/.test(url))).toEqual([]);
  } finally {
    await browser.close();
    await server.close();
  }
});

interface PageGlobals {
  readonly core: Promise<typeof import('@facemorph/core')>;
}

interface Plain {
  readonly latent: number[];
  readonly image: number[];
}

/** Runs in the page: must not use anything from outside. */
async function runVectors(inputs: readonly Plain[]) {
  const { FaceMorph } = await (globalThis as unknown as PageGlobals).core;
  const fm = await FaceMorph.load({ model: '/model/manifest.json', cache: false });
  const { width, height } = fm.manifest.image;
  const results: { decoded: number[]; encoded: number[] }[] = [];
  for (const { latent, image } of inputs) {
    const { data } = await fm.decode(new Float32Array(latent));
    const pixels = { width, height, data: new Uint8ClampedArray(image) };
    results.push({ decoded: [...data], encoded: [...(await fm.encode(pixels))] });
  }
  await fm.dispose();
  return { backend: fm.backend, results };
}
