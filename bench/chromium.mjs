import { chromium } from 'playwright-core';
import { findChromium } from '../scripts/lib/chromium.mjs';
import { serveCore } from '../scripts/lib/core-server.mjs';

/** @typedef {import('./main.mjs').Task} Task */
/** @typedef {import('./measure.mjs').Measurement} Measurement */
/** @typedef {{ backend: 'wasm' | 'webgpu', seconds: number, macs: Task['macs'], latentSize: number }} PageTask */

const flags = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * Measures the backends of the browser in a headless Chromium, each on a page of its own.
 *
 * @param {Task} task
 * @returns {AsyncGenerator<import('./main.mjs').Result | import('./main.mjs').Skipped>}
 */
export async function* measureInChromium({ seconds, macs, latentSize }) {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    yield { runtime: 'chromium', backend: 'wasm', reason: 'no Chromium or Chrome was found' };
    return;
  }
  const server = await serveCore();
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    for (const backend of /** @type {const} */ (['wasm', 'webgpu'])) {
      const page = await browser.newPage();
      await page.goto(server.url);
      const about = { runtime: `chromium ${browser.version().replace(/\..*/, '')}`, backend };
      yield { ...about, ...(await page.evaluate(inPage, { backend, seconds, macs, latentSize })) };
      await page.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

/**
 * Runs in the page: must not use anything from outside.
 *
 * @param {PageTask} task
 * @returns {Promise<Measurement | { reason: string }>}
 */
async function inPage({ backend: name, ...task }) {
  const { createBrowserBackend } =
    await /** @type {{ core: Promise<typeof import('@facemorph/core/browser')> }} */ (
      /** @type {unknown} */ (globalThis)
    ).core;
  /** @type {typeof import('./measure.mjs')} */
  const { measure } = await import(`${location.origin}/bench/measure.mjs`);
  const load = async (/** @type {string} */ path) =>
    new Uint8Array(await (await fetch(path)).arrayBuffer());
  let reason = '';
  const backend = await createBrowserBackend({
    backend: name,
    onFallback: (fallback) => {
      reason = fallback.reason;
    },
  });
  try {
    if (reason !== '') return { reason };
    const [encoder, decoder] = [
      await load('/model/encoder.onnx'),
      await load('/model/decoder.onnx'),
    ];
    return await measure(backend, { ...task, encoder, decoder });
  } finally {
    await backend.dispose();
  }
}
