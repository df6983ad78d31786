import { createHash } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import type { Progress } from '../progress.js';
import type { ModelCache } from './cache.js';
import { type LoadModelOptions, loadModel, type ModelPlatform } from './load-model.js';
import type { ModelRole } from './manifest-types.js';
import { readUrl } from './read-url.js';

const BASE = 'https://models.test/m/';
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const contents = {
  encoder: Uint8Array.from({ length: 5000 }, (_, i) => i & 255),
  decoder: Uint8Array.from({ length: 9000 }, (_, i) => (i * 7) & 255),
  attributes: new TextEncoder().encode('{"attributes":true}'),
};
const fileOf = (role: keyof typeof contents) => ({
  path: `${role}.bin`,
  bytes: contents[role].length,
  sha256: sha256(contents[role]),
});
const manifest = {
  format: 'facemorph-model',
  version: 1,
  id: 'test',
  license: 'MIT',
  image: { width: 128, height: 128 },
  latent: { size: 4 },
  template: Array.from({ length: 5 }, () => [64, 64]),
  files: {
    encoder: fileOf('encoder'),
    decoder: fileOf('decoder'),
    attributes: fileOf('attributes'),
  },
};

type Answer = (signal: AbortSignal | undefined) => Response | Promise<Response>;

/** A host that serves the model, but for the answers given by path. */
function host(answers: Record<string, Answer> = {}) {
  return vi.fn(async (url: URL, init?: RequestInit) => {
    const path = url.href.slice(BASE.length);
    const answer = answers[path];
    if (answer) return answer(init?.signal ?? undefined);
    if (path === 'manifest.json') return Response.json(manifest);
    const role = path.replace('.bin', '') as keyof typeof contents;
    return new Response(inChunks(contents[role], 1000));
  });
}

function inChunks(bytes: Uint8Array, size: number, end?: () => Promise<void>): ReadableStream {
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      if (at >= bytes.length) {
        await end?.();
        return controller.close();
      }
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

function memoryCache(entries = new Map<string, Uint8Array>()) {
  const cache: ModelCache = {
    get: vi.fn(async (key) => entries.get(key)),
    put: vi.fn(async (key, bytes) => void entries.set(key, bytes)),
  };
  return { cache, entries };
}

const platform: ModelPlatform = { read: readUrl, defaultCache: () => undefined };
const load = (fetch: unknown, options: LoadModelOptions = {}) =>
  loadModel(new URL('manifest.json', BASE), platform, {
    fetch: fetch as typeof globalThis.fetch,
    ...options,
  });

describe('a model that is well', () => {
  test('gives verified files with one progress that never passes its total', async () => {
    const events: Progress[] = [];
    const model = await load(host());
    const files = await model.files(['attributes', 'decoder'], {
      onProgress: (event) => events.push(event),
    });
    expect(files.decoder).toEqual(contents.decoder);
    expect(files.attributes).toEqual(contents.attributes);
    const total = contents.decoder.length + contents.attributes.length;
    for (const phase of ['download', 'verify']) {
      const loaded = events.filter((event) => event.phase === phase).map((event) => event.loaded);
      expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
      expect(loaded.at(-1)).toBe(total);
    }
    expect(events.every((event) => event.total === total)).toBe(true);
  });

  test('fetches its files at the same time', async () => {
    const waiting: string[] = [];
    let release = (): void => {};
    const both = new Promise<void>((resolve) => {
      release = resolve;
    });
    const answer = (role: 'decoder' | 'attributes'): Answer => {
      return async () => {
        waiting.push(role);
        if (waiting.length === 2) release();
        await both;
        return new Response(inChunks(contents[role], 1000));
      };
    };
    const fetch = host({
      'decoder.bin': answer('decoder'),
      'attributes.bin': answer('attributes'),
    });
    const files = await (await load(fetch)).files(['attributes', 'decoder']);
    expect(waiting).toEqual(['attributes', 'decoder']);
    expect(files.decoder).toEqual(contents.decoder);
  });

  test.each([BASE, BASE.slice(0, -1), `${BASE}manifest.json`])('is found at %s', async (url) => {
    const model = await loadModel(new URL(url), platform, { fetch: host() as never });
    expect(await model.file('encoder')).toEqual(contents.encoder);
  });

  test('can be given by its parts', async () => {
    const files = { attributes: new URL(`data:;base64,${btoa('{"attributes":true}')}`) };
    const model = await loadModel({ manifest, files }, platform);
    expect(await model.file('attributes')).toEqual(contents.attributes);
    await expect(model.file('encoder')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    expect(model.has('locator')).toBe(false);
    await expect(model.file('locator')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });
});

test('files that are nowhere are not found', async () => {
  const alone = new URL(`data:application/json,${encodeURIComponent(JSON.stringify(manifest))}`);
  for (const source of [{ manifest } as never, alone]) {
    const model = await loadModel(source, platform);
    await expect(model.file('decoder')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  }
});

describe('a manifest that is not', () => {
  test.each<[string, Answer, string, string]>([
    ['missing', () => new Response('', { status: 404 }), 'MODEL_NOT_FOUND', '404'],
    ['forbidden', () => new Response('', { status: 403 }), 'NETWORK', '403'],
    ['HTML', () => new Response('<!doctype html><p>'), 'MANIFEST_INVALID', 'HTML'],
    ['not JSON', () => new Response('{'), 'MANIFEST_INVALID', 'not JSON'],
    ['huge', () => new Response(' '.repeat(2_000_000)), 'MANIFEST_INVALID', 'too large'],
    ['of another kind', () => Response.json({ a: 1 }), 'MANIFEST_INVALID', 'format'],
    ['unreachable', () => Promise.reject(new TypeError('offline')), 'NETWORK', 'fetch'],
  ])('%s', async (_, answer, code, message) => {
    await expect(load(host({ 'manifest.json': answer }))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
      hint: expect.stringMatching(/./),
    });
  });
});

describe('a file that is not', () => {
  const body = (bytes: Uint8Array | string) => () => new Response(bytes as BodyInit);
  const changed = contents.decoder.slice();
  changed[4000] = 99;
  const cut: Answer = () =>
    new Response(
      inChunks(contents.decoder.slice(0, 3000), 1000, () => Promise.reject(new Error('reset'))),
    );

  test.each<[string, Answer, string, string]>([
    ['missing', () => new Response('', { status: 404 }), 'MODEL_NOT_FOUND', '404'],
    ['on a broken server', () => new Response('', { status: 500 }), 'NETWORK', '500'],
    ['HTML', body('<!DOCTYPE html><html></html>'), 'MODEL_INTEGRITY', 'HTML'],
    ['long HTML', body(`\n<html>${' '.repeat(20_000)}`), 'MODEL_INTEGRITY', 'HTML'],
    [
      'an LFS pointer',
      body('version https://git-lfs.github.com/spec/v1\n'),
      'MODEL_INTEGRITY',
      'LFS',
    ],
    ['truncated', body(contents.decoder.slice(0, 100)), 'MODEL_INTEGRITY', '100 of 9000'],
    ['too long', body(new Uint8Array(9001)), 'MODEL_INTEGRITY', 'longer'],
    ['empty', body(''), 'MODEL_INTEGRITY', '0 of 9000'],
    ['changed', body(changed), 'MODEL_INTEGRITY', 'not the file'],
    ['swapped', body(new Uint8Array(9000)), 'MODEL_INTEGRITY', 'not the file'],
    ['cut off', cut, 'NETWORK', 'broke off'],
  ])('%s: refused, not cached, and had at the next try', async (_, answer, code, message) => {
    const { cache, entries } = memoryCache();
    const answers: Record<string, Answer> = { 'decoder.bin': answer };
    const events: Progress[] = [];
    const model = await load(host(answers), { cache });
    const onProgress = (event: Progress): void => void events.push(event);
    await expect(model.file('decoder', { onProgress })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
      hint: expect.stringMatching(/./),
    });
    expect(events.every(({ loaded, total }) => loaded <= total)).toBe(true);
    expect(entries.size).toBe(0);
    delete answers['decoder.bin'];
    expect(await model.file('decoder')).toEqual(contents.decoder);
  });
});

test('a file that fails stops the transfer of the others', async () => {
  let stopped = false;
  const pending: Answer = (signal) =>
    new Promise((_, reject) =>
      signal?.addEventListener('abort', () => {
        stopped = true;
        reject(signal.reason);
      }),
    );
  const missing: Answer = () => new Response('', { status: 404 });
  const model = await load(host({ 'decoder.bin': pending, 'attributes.bin': missing }));
  await expect(model.files(['decoder', 'attributes'])).rejects.toMatchObject({
    code: 'MODEL_NOT_FOUND',
  });
  expect(stopped).toBe(true);
});

describe('abort', () => {
  test('before, while connecting and midway', async () => {
    await expect(load(host(), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    const pending: Answer = (signal) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const stalled: Answer = () =>
      new Response(inChunks(contents.decoder.slice(0, 2000), 1000, () => new Promise(() => {})));
    for (const answer of [pending, stalled]) {
      const { cache, entries } = memoryCache();
      const controller = new AbortController();
      const model = await load(host({ 'decoder.bin': answer }), { cache });
      const file = model.file('decoder', { signal: controller.signal });
      setTimeout(() => controller.abort(), 10);
      await expect(file).rejects.toMatchObject({ code: 'ABORTED' });
      expect(entries.size).toBe(0);
    }
  });
});

describe('the cache', () => {
  const read = async (cache: ModelCache, fetch: unknown): Promise<Uint8Array> =>
    (await load(fetch, { cache })).file('decoder');

  test('saves the second download', async () => {
    const { cache } = memoryCache();
    await read(cache, host());
    const fetch = host();
    expect(await read(cache, fetch)).toEqual(contents.decoder);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test.each([new Uint8Array(9000), contents.decoder.slice(0, 5), new Uint8Array()])(
    'has a corrupt entry replaced',
    async (corrupt) => {
      const { cache, entries } = memoryCache(new Map([[manifest.files.decoder.sha256, corrupt]]));
      expect(await read(cache, host())).toEqual(contents.decoder);
      expect(entries.get(manifest.files.decoder.sha256)).toEqual(contents.decoder);
    },
  );

  test('may throw', async () => {
    const throwing: ModelCache = {
      get: () => Promise.reject(new Error('forbidden')),
      put: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
    };
    expect(await read(throwing, host())).toEqual(contents.decoder);
    const rude: ModelCache = {
      get() {
        throw new Error('forbidden');
      },
      put() {
        throw new Error('forbidden');
      },
    };
    expect(await read(rude, host())).toEqual(contents.decoder);
  });

  test('may hang: an abort still gets through', async () => {
    const hanging: ModelCache = { get: () => new Promise(() => {}), put: async () => {} };
    const model = await load(host(), { cache: hanging });
    const signal = AbortSignal.timeout(10);
    await expect(model.file('decoder', { signal })).rejects.toMatchObject({ code: 'ABORTED' });
  });

  test('is shared by loads at the same time', async () => {
    const { cache, entries } = memoryCache();
    const all = await Promise.all([read(cache, host()), read(cache, host()), read(cache, host())]);
    for (const bytes of all) expect(bytes).toEqual(contents.decoder);
    expect(entries.size).toBe(1);
  });

  test('is not asked for what is on this machine', async () => {
    const { cache } = memoryCache();
    const attributes = new URL(`data:;base64,${btoa('{"attributes":true}')}`);
    const source = { manifest, files: { attributes } as Partial<Record<ModelRole, URL>> };
    await (await loadModel(source, platform, { cache })).file('attributes');
    expect(cache.get).not.toHaveBeenCalled();
    expect(cache.put).not.toHaveBeenCalled();
  });

  test('can be turned off', async () => {
    const { cache } = memoryCache();
    const own: ModelPlatform = { ...platform, defaultCache: () => cache };
    const fetch = host() as never;
    await (await loadModel(new URL(BASE), own, { fetch, cache: false })).file('attributes');
    expect(cache.put).not.toHaveBeenCalled();
    await (await loadModel(new URL(BASE), own, { fetch })).file('attributes');
    expect(cache.put).toHaveBeenCalledOnce();
  });
});
