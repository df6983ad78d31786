import type { Browser, BrowserContext, Page, Worker } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FaceMorphError, type SerializedError } from '../../packages/core/src/errors.js';
import { serveCore } from '../../scripts/lib/core-server.mjs';
import { type Fault, inject } from '../fuzz/faults.js';
import { type FaultyServer, networkFaults, stall, startServer } from '../fuzz/faulty-server.js';
import { modelFiles } from '../fuzz/model-files.js';
import { launchChromium, withoutBrowser } from './support/chromium.js';
import { openCorePage } from './support/core-page.js';

/** What the page of `serveCore`, and `openPage` below, put there. */
interface PageGlobals {
  readonly core: Promise<typeof import('@facemorph/core/browser')>;
  readonly testing: Promise<typeof import('@facemorph/core/testing')>;
}

const FILES = ['manifest.json', 'attributes.json', 'decoder.onnx', 'encoder.onnx'];

/** Wasm gets 128 MB at most, as on a device that has no more. */
const LITTLE_MEMORY = `
  const { Memory } = WebAssembly;
  WebAssembly.Memory = function (limits) {
    return new Memory({ ...limits, maximum: 2048 });
  };
  WebAssembly.Memory.prototype = Memory.prototype;
`;

describe.skipIf(withoutBrowser)('what breaks in Chromium', () => {
  let core: Awaited<ReturnType<typeof serveCore>>;
  let server: FaultyServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    core = await serveCore();
    server = await startServer(await modelFiles());
    browser = await launchChromium();
    context = await browser.newContext();
    page = await openPage();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await core?.close();
  });
  /** Each starts with an empty cache. */
  beforeEach(async () => {
    server.mend();
    await page.evaluate(() => caches.delete('facemorph-models'));
  });

  const openPage = (): Promise<Page> => openCorePage(context, core.url);

  /** Loads from the server and encodes a picture, which fetches the encoder too. */
  async function loadAll(patience = 0, opened = page): Promise<void> {
    const failure = await opened.evaluate(
      async ([model, milliseconds]) => {
        const { core, testing } = globalThis as unknown as PageGlobals;
        const [{ FaceMorph, FaceMorphError }, fakes] = await Promise.all([core, testing]);
        const backend = fakes.createFakeBackend();
        const signal = milliseconds > 0 ? AbortSignal.timeout(milliseconds) : undefined;
        try {
          const fm = await FaceMorph.load({ model, backend, signal });
          const [face] = await fm.sample();
          if (face) await fm.encode(await face.render(), { signal });
          await fm.dispose();
          return undefined;
        } catch (error) {
          return error instanceof FaceMorphError ? error.toJSON() : String(error);
        }
      },
      [server.url, patience] as const,
    );
    if (failure === undefined) return;
    throw typeof failure === 'string' ? new Error(failure) : FaceMorphError.from(failure);
  }

  /** How many entries of the page's cache are not what their name, a SHA-256, says. */
  function wrongEntries(): Promise<number> {
    return page.evaluate(async () => {
      const cache = await caches.open('facemorph-models');
      let wrong = 0;
      for (const key of await cache.keys()) {
        const bytes = await (await cache.match(key))!.arrayBuffer();
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
        const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
        if (!key.url.endsWith(hash)) wrong++;
      }
      return wrong;
    });
  }

  const rest: Pick<Fault, 'recover' | 'lost'> = {
    recover: () => {
      server.mend();
      return loadAll();
    },
    lost: wrongEntries,
  };

  describe.each(FILES)('%s', (file) => {
    test.each(networkFaults)('$name', async ({ name, answer, code, manifestCode = code }) => {
      const expected = file === 'manifest.json' ? manifestCode : code;
      server.break(file, answer);
      await inject({ name: `Chromium: ${name}`, work: loadAll, expected, ...rest });
    });

    test('stalls, and the caller gives up', async () => {
      server.break(file, stall);
      const work = (): Promise<void> => loadAll(500);
      await inject({ name: 'Chromium: stalls, given up', work, expected: 'ABORTED', ...rest });
    });
  });

  test('the disk has no room for the cache', async () => {
    const session = await context.newCDPSession(page);
    const origin = new URL(core.url).origin;
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 10 });
    const refused = await page.evaluate(async () =>
      (await caches.open('x')).put('/x', new Response('0'.repeat(1e5))).then(
        () => 'kept',
        ({ name }) => name,
      ),
    );
    expect(refused).toBe('QuotaExceededError');
    const name = 'Chromium: cache full';
    const recover = async (): Promise<void> => {
      await session.send('Storage.overrideQuotaForOrigin', { origin });
      await loadAll();
    };
    await inject({ name, work: loadAll, expected: 'value', recover, lost: wrongEntries });
  });

  test('the cache may not be used', async () => {
    const other = await openPage();
    await other.evaluate(() => {
      CacheStorage.prototype.open = () => Promise.reject(new DOMException('no', 'SecurityError'));
    });
    const name = 'Chromium: cache forbidden';
    const work = (): Promise<void> => loadAll(0, other);
    await inject({ name, work, expected: 'value', recover: loadAll, lost: wrongEntries });
    await other.close();
  });

  test('two pages load at once into one cache', async () => {
    const name = 'Chromium: two pages, one cache';
    const other = await openPage();
    const work = (): Promise<unknown> =>
      Promise.all([page, other, page, other].map((opened) => loadAll(0, opened)));
    await inject({ name, work, expected: 'value', recover: loadAll, lost: wrongEntries });
    await other.close();
  });

  describe('the Worker goes while it works', () => {
    interface Loaded {
      fm: Awaited<ReturnType<Awaited<PageGlobals['core']>['FaceMorph']['load']>>;
    }
    let other: Page;
    beforeEach(async () => {
      other = await openPage();
      await other.clock.install();
      await other.evaluate(async () => {
        const { FaceMorph } = await (globalThis as unknown as PageGlobals).core;
        (globalThis as unknown as Loaded).fm = await FaceMorph.load({ model: '/model/' });
      });
    });
    afterEach(() => other.close());

    const workers = (): Worker[] =>
      other.workers().filter((one) => one.url().endsWith('/core/worker.js'));
    /** Draws a face; what is thrown is an error's code. */
    const draw = (): Promise<void> =>
      other.evaluate(async () => {
        const { fm } = globalThis as unknown as Loaded;
        const { width } = await fm.decode(new Float32Array(fm.latentSize));
        if (width !== 128) throw new Error(`a picture of ${width} px`);
      });
    const fault = (name: string, work: () => Promise<void>): Promise<void> =>
      inject({
        name: `Chromium: ${name}`,
        work,
        expected: 'value',
        recover: draw,
        lost: wrongEntries,
        limit: 60_000,
      });

    test('by an error: another does the work', async () => {
      await fault('the Worker breaks down', async () => {
        await workers()[0]?.evaluate(() => {
          // The next request is never answered: what it was is not heard any more.
          const fail = (event: Event): void => {
            event.stopImmediatePropagation();
            throw new Error('no such thing');
          };
          addEventListener('message', fail, { capture: true, once: true });
        });
        await draw();
      });
      expect(workers()).toHaveLength(1);
    });

    test('without an event: it is missed after 20 seconds, and another does the work', async () => {
      await fault('the Worker ends without an event', async () => {
        await workers()[0]?.evaluate(() => close());
        const drawn = draw();
        await other.clock.runFor(21_000);
        await drawn;
      });
      expect(workers()).toHaveLength(1);
    });

    test('by a loop without an end: likewise', async () => {
      await fault('the Worker hangs', async () => {
        // Nobody waits for the answer of a Worker that never comes back.
        void workers()[0]
          ?.evaluate('setTimeout(() => { for (;;); })')
          .catch(() => {});
        await other.waitForTimeout(200);
        const drawn = draw();
        await other.clock.runFor(21_000);
        await drawn;
      });
      // Chromium takes some seconds to end one that hangs.
      await expect.poll(workers, { timeout: 30_000 }).toHaveLength(1);
    });

    test('by memory: what is too much for wasm is refused, the rest goes on', async () => {
      await other.route('**/core/worker.js', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: LITTLE_MEMORY + (await response.text()) });
      });
      const failure = (): Promise<SerializedError | undefined> =>
        other.evaluate(async () => {
          const { createBrowserBackend } = await (globalThis as unknown as PageGlobals).core;
          const backend = await createBrowserBackend();
          const model = async (): Promise<Uint8Array> =>
            new Uint8Array(await (await fetch('/model/decoder.onnx')).arrayBuffer());
          const options = { name: 'decoder', again: model };
          const session = await backend.open(await model(), options);
          const latents = (count: number) => ({
            latent: {
              type: 'float32' as const,
              dims: [count, 192],
              data: new Float32Array(count * 192),
            },
          });
          const error = await session.run(latents(500)).then(
            () => undefined,
            (reason) => reason.toJSON(),
          );
          const { image } = await session.run(latents(1));
          await backend.dispose();
          if (image?.dims[1] !== 128) throw new Error('no picture afterwards');
          return error;
        });
      await inject({
        name: 'Chromium: wasm out of memory',
        work: async () => {
          const error = await failure();
          if (!error) return;
          expect(error.details.outOfMemory).toBe(true);
          expect(error.hint).toMatch(/Close other tabs/);
          throw FaceMorphError.from(error);
        },
        expected: 'INFERENCE_FAILED',
        recover: draw,
        lost: wrongEntries,
        limit: 120_000,
      });
    });
  });

  test('the Worker has no script, or a page in its place', async () => {
    const script = '**/core/worker.js';
    const load = async (): Promise<void> => {
      const failure = await page.evaluate(async () => {
        const { FaceMorph } = await (globalThis as unknown as PageGlobals).core;
        return FaceMorph.load({ model: '/model/' }).then(
          (fm) => fm.dispose(),
          (error) => error.toJSON(),
        );
      });
      if (failure) throw FaceMorphError.from(failure);
    };
    const work = async (): Promise<void> => {
      const html = '<!doctype html><title>Welcome</title>';
      for (const [status, body] of [
        [404, 'gone'],
        [200, html],
        [200, 'syntax error('],
      ] as const) {
        const answer = { status, body, contentType: 'text/javascript' };
        await page.route(script, (route) => route.fulfill(answer));
        await expect(load()).rejects.toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
        await page.unroute(script);
      }
    };
    const name = 'Chromium: no Worker script';
    const lost = wrongEntries;
    await inject({ name, work, expected: 'value', recover: load, lost, limit: 60_000 });
  });
});
