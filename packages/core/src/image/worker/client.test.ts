import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPixels } from '../pixels.js';
import { decodeInWorker, encodeInWorker, type PictureWorker } from './client.js';
import type { PictureRequest, PictureResponse } from './protocol.js';

/** A Worker that answers as it is told. */
class FakeWorker implements PictureWorker {
  readonly received: PictureRequest[] = [];
  readonly terminate = vi.fn();
  readonly #listeners = new Map<string, (event: never) => void>();

  constructor(
    private readonly answer: (
      request: PictureRequest,
      worker: FakeWorker,
    ) => PictureResponse | undefined,
  ) {}

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners.set(type, listener);
  }

  postMessage(request: PictureRequest): void {
    this.received.push(request);
    const data = this.answer(request, this);
    if (data) queueMicrotask(() => this.say(data));
  }

  say(data: PictureResponse): void {
    this.#listeners.get('message')?.({ data } as never);
  }

  fail(): void {
    this.#listeners.get('error')?.(new Event('error', { cancelable: true }) as never);
  }
}

const format = { type: 'image/jpeg', quality: 0.9 } as const;

describe('pictures in a Worker', () => {
  it('asks for the pixels of a file, and ends the Worker', async () => {
    const pixels = createPixels(2, 1);
    const worker = new FakeWorker(() => ({ ok: true, result: pixels }));
    const blob = new Blob(['file']);
    expect(await decodeInWorker(blob, undefined, () => worker)).toBe(pixels);
    expect(worker.received).toEqual([{ kind: 'decode', blob }]);
    expect(worker.terminate).toHaveBeenCalledOnce();
  });

  it('sends a picture as strips that are all of it, then asks for the file', async () => {
    const pixels = createPixels(3, 150);
    for (let i = 0; i < pixels.data.length; i++) pixels.data[i] = i % 251;
    const file = new Uint8Array([1, 2, 3]);
    const worker = new FakeWorker(({ kind }) =>
      kind === 'encode' ? { ok: true, result: file } : undefined,
    );
    expect(await encodeInWorker(pixels, format, () => worker)).toBe(file);
    const sent = new Uint8ClampedArray(pixels.data.length);
    for (const request of worker.received) {
      if (request.kind === 'rows') sent.set(request.data, request.top * 3 * 4);
    }
    expect(sent).toEqual(pixels.data);
    expect(worker.received[0]).toEqual({ kind: 'canvas', width: 3, height: 150 });
    expect(worker.received.at(-1)).toEqual({ kind: 'encode', format });
    expect(worker.terminate).toHaveBeenCalledOnce();
  });

  it('passes on what the Worker says of the picture', async () => {
    const error = { code: 'IMAGE_INVALID', message: 'No.', hint: 'Another.', details: {} } as const;
    const worker = new FakeWorker(() => ({ ok: false, error }));
    const decoded = decodeInWorker(new Blob(['x']), undefined, () => worker);
    await expect(decoded).rejects.toMatchObject(error);
    expect(worker.terminate).toHaveBeenCalledOnce();
  });

  it.each<[string, () => PictureWorker]>([
    [
      'cannot be started',
      () => {
        throw new Error('blocked by the Content Security Policy');
      },
    ],
    ['cannot be loaded', () => new FakeWorker((_, worker) => void worker.fail())],
    ['fails for reasons of its own', () => new FakeWorker(() => ({ ok: false, error: undefined }))],
  ])('leaves the work to the page when the Worker %s', async (_, start) => {
    expect(await decodeInWorker(new Blob(['x']), undefined, start)).toBeUndefined();
    expect(await encodeInWorker(createPixels(1, 1), format, start)).toBeUndefined();
  });

  it('ends the Worker when the caller aborts', async () => {
    const worker = new FakeWorker(() => undefined);
    const controller = new AbortController();
    const decoded = decodeInWorker(new Blob(['x']), controller.signal, () => worker);
    controller.abort();
    await expect(decoded).rejects.toMatchObject({ code: 'ABORTED' });
    expect(worker.terminate).toHaveBeenCalledOnce();
  });

  describe('one that is slow', () => {
    afterEach(() => {
      vi.useRealTimers();
    });

    it('is waited for as long as it says that it lives, and left after a minute of silence', async () => {
      vi.useFakeTimers();
      const alive = { alive: true } as const;
      let answering = true;
      const worker = new FakeWorker(({ kind }) =>
        kind === 'ping' && answering ? alive : undefined,
      );
      const decoded = decodeInWorker(new Blob(['x']), undefined, () => worker);
      await vi.advanceTimersByTimeAsync(300_000);
      expect(worker.terminate).not.toHaveBeenCalled();
      answering = false;
      await vi.advanceTimersByTimeAsync(50_000);
      expect(worker.terminate).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(10_000);
      expect(await decoded).toBeUndefined();
      expect(worker.terminate).toHaveBeenCalledOnce();
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});
