/** Large pictures are decoded and encoded in a Worker of their own, so that the page stays free. */
import { FaceMorphError, throwIfAborted } from '../../errors.js';
import { abortable } from '../../runtime/abort.js';
import { SilenceWatch } from '../../runtime/worker/silence.js';
import { runInSlices, type Steps } from '../../slices.js';
import { STRIP } from '../codec.canvas.js';
import type { CanvasFormat } from '../encode-canvas.js';
import type { HeaderSize } from '../header-size.js';
import type { Pixels } from '../pixels.js';
import type { PictureRequest, PictureResponse } from './protocol.js';

/** Pixels from which a picture is large: below, starting a Worker takes longer than the work. */
const LARGE = 1_000_000;

/** Seconds without a word after which the page does the work itself: the largest photos take some. */
const PATIENCE = 60;

/** What is used of a `Worker`. */
export interface PictureWorker {
  postMessage(message: PictureRequest, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<PictureResponse>) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: (event: Event) => void): void;
  terminate(): void;
}

// Bundlers look for exactly this form, with literals, in the built file beside picture-worker.js.
const startWorker = (): PictureWorker =>
  new Worker(new URL('./picture-worker.js', import.meta.url), { type: 'module' });

/** Whether a picture is better left to a Worker: on a page, if it is large or says nothing of its size. */
export function belongsInWorker(size: HeaderSize | undefined): boolean {
  if (typeof document === 'undefined' || typeof Worker === 'undefined') return false;
  return size === undefined || size.width * size.height >= LARGE;
}

/**
 * Decodes a picture file.
 * @returns `undefined` where no Worker can do it: then it is to be done here.
 * @throws {FaceMorphError} as `readBlob`
 */
export async function decodeInWorker(
  blob: Blob,
  signal?: AbortSignal | undefined,
  start: () => PictureWorker = startWorker,
): Promise<Pixels | undefined> {
  const send = async (worker: PictureWorker): Promise<void> =>
    worker.postMessage({ kind: 'decode', blob }, []);
  return (await ask(start, send, signal)) as Pixels | undefined;
}

/**
 * Encodes a picture, which goes to the Worker as copies of strips.
 * @returns `undefined` where no Worker can do it: then it is to be done here.
 * @throws {FaceMorphError} as `encodeCanvas`
 */
export async function encodeInWorker(
  pixels: Pixels,
  format: CanvasFormat,
  start: () => PictureWorker = startWorker,
): Promise<Uint8Array | undefined> {
  const send = (worker: PictureWorker): Promise<void> =>
    runInSlices(sendPicture(worker, pixels, format));
  return (await ask(start, send)) as Uint8Array | undefined;
}

function* sendPicture(
  worker: PictureWorker,
  { width, height, data }: Pixels,
  format: CanvasFormat,
): Steps<void> {
  worker.postMessage({ kind: 'canvas', width, height }, []);
  for (let top = 0; top < height; top += STRIP) {
    const rows = data.slice(top * width * 4, (top + STRIP) * width * 4);
    const copy = rows as Uint8ClampedArray<ArrayBuffer>;
    worker.postMessage({ kind: 'rows', top, data: copy }, [copy.buffer]);
    yield;
  }
  worker.postMessage({ kind: 'encode', format }, []);
}

/** Starts a Worker, sends it a picture, waits for its answer and ends it. */
async function ask(
  start: () => PictureWorker,
  send: (worker: PictureWorker) => Promise<void>,
  signal?: AbortSignal | undefined,
): Promise<Pixels | Uint8Array | undefined> {
  throwIfAborted(signal);
  let worker: PictureWorker;
  try {
    worker = start();
  } catch {
    return undefined;
  }
  let watch: SilenceWatch | undefined;
  try {
    const done = new Promise<Pixels | Uint8Array | undefined>((resolve, reject) => {
      watch = new SilenceWatch({
        ask: () => worker.postMessage({ kind: 'ping' }, []),
        patience: () => PATIENCE,
        onLost: () => resolve(undefined),
      });
      watch.start();
      worker.addEventListener('message', ({ data: answer }) => {
        if ('alive' in answer) watch?.heard();
        else if (answer.ok) resolve(answer.result);
        else if (answer.error) reject(FaceMorphError.from(answer.error));
        else resolve(undefined);
      });
      for (const type of ['error', 'messageerror'] as const) {
        worker.addEventListener(type, (event) => {
          event.preventDefault();
          resolve(undefined);
        });
      }
      send(worker).catch(reject);
    });
    return await abortable(done, signal);
  } finally {
    watch?.stop();
    worker.terminate();
  }
}
