import { FaceMorphError, throwIfAborted } from '../errors.js';
import type { Backend, Session, Tensor } from '../runtime/backend.js';
import { SerialQueue } from '../runtime/queue.js';

/** One run of a fake session, as {@link FakeBackendOptions.onRun} sees it. */
export interface FakeRun {
  /** The name under which the session was opened. */
  readonly session: string;
  /** Number of pictures or latents. */
  readonly batch: number;
}

/** Options of {@link createFakeBackend}. */
export interface FakeBackendOptions {
  /** Called before a session opens; throw or wait to test failure and delay. */
  readonly onOpen?: (name: string) => void | Promise<void>;
  /** Called before each run, likewise. */
  readonly onRun?: (run: FakeRun) => void | Promise<void>;
}

/** A {@link Backend} without a model, and what it has been asked for. */
export interface FakeBackend extends Backend {
  /** Every run that was started, in order. */
  readonly runs: readonly FakeRun[];
  /** Sessions opened and not yet disposed of. */
  readonly openSessions: number;
  readonly disposed: boolean;
}

/** The latent size of the toy model. */
export const FAKE_LATENT_SIZE = 192;
/** Width and height of its pictures, in px. */
export const FAKE_IMAGE_SIZE = 128;

const CELL = 16;
const CELLS_A_ROW = FAKE_IMAGE_SIZE / CELL;
const LEVELS = 16;

/**
 * A deterministic backend for tests. Its toy model is linear: a picture is 8x8 cells of 16x16 px,
 * and each of the 192 latent numbers is the brightness of one channel of one cell (128 + 16 z,
 * dithered). A session opened as `encoder` measures it, any other draws it; what is drawn within
 * 0..255 is measured again to 1e-3.
 */
export function createFakeBackend(options: FakeBackendOptions = {}): FakeBackend {
  const runs: FakeRun[] = [];
  const state = { openSessions: 0, disposed: false };
  return {
    name: 'fake',
    runs,
    get openSessions() {
      return state.openSessions;
    },
    get disposed() {
      return state.disposed;
    },
    async open(_model, { name, signal }) {
      throwIfAborted(signal);
      await options.onOpen?.(name);
      throwIfAborted(signal);
      state.openSessions++;
      return fakeSession(name, runs, options, () => state.openSessions--);
    },
    async dispose() {
      state.disposed = true;
    },
  };
}

function fakeSession(
  session: string,
  runs: FakeRun[],
  options: FakeBackendOptions,
  onDispose: () => void,
): Session {
  const queue = new SerialQueue();
  let disposed = false;
  const compute = session === 'encoder' ? encode : decode;
  return {
    run: (inputs, { signal } = {}) =>
      queue.run(async () => {
        if (disposed)
          throw new FaceMorphError('DISPOSED', `The session "${session}" is disposed of`);
        const run = { session, batch: Object.values(inputs)[0]?.dims[0] ?? 0 };
        runs.push(run);
        await options.onRun?.(run);
        throwIfAborted(signal);
        return compute(inputs);
      }, signal),
    async dispose() {
      if (!disposed) onDispose();
      disposed = true;
    },
  };
}

function encode(inputs: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  const image = inputs.image;
  const [batch = 0, height, width, channels] = image?.dims ?? [];
  if (image?.type !== 'uint8' || `${height}x${width}x${channels}` !== '128x128x4') {
    throw new FaceMorphError('INFERENCE_FAILED', 'Expected image: uint8 [N, 128, 128, 4]');
  }
  const data = new Float32Array(batch * FAKE_LATENT_SIZE);
  forEachValue(batch, (latent, pixel) => {
    data[latent]! += (image.data[pixel]! - 127.5) / (LEVELS * CELL * CELL);
  });
  return { latent: { type: 'float32', dims: [batch, FAKE_LATENT_SIZE], data } };
}

function decode(inputs: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  const latent = inputs.latent;
  const [batch = 0, size] = latent?.dims ?? [];
  if (latent?.type !== 'float32' || size !== FAKE_LATENT_SIZE) {
    throw new FaceMorphError('INFERENCE_FAILED', 'Expected latent: float32 [N, 192]');
  }
  const data = new Uint8Array(batch * FAKE_IMAGE_SIZE * FAKE_IMAGE_SIZE * 4).fill(255);
  forEachValue(batch, (index, pixel, dither) => {
    const value = Math.floor(127.5 + LEVELS * latent.data[index]! + dither);
    data[pixel] = Math.min(Math.max(value, 0), 255);
  });
  return {
    image: { type: 'uint8', dims: [batch, FAKE_IMAGE_SIZE, FAKE_IMAGE_SIZE, 4], data },
  };
}

/** Visits every colour value with the latent number that it shows and its dither, 0..1. */
function forEachValue(
  batch: number,
  visit: (latent: number, pixel: number, dither: number) => void,
): void {
  for (let n = 0; n < batch; n++) {
    for (let y = 0; y < FAKE_IMAGE_SIZE; y++) {
      for (let x = 0; x < FAKE_IMAGE_SIZE; x++) {
        const cell = Math.floor(y / CELL) * CELLS_A_ROW + Math.floor(x / CELL);
        const dither = ((y % CELL) * CELL + (x % CELL) + 0.5) / (CELL * CELL);
        const pixel = ((n * FAKE_IMAGE_SIZE + y) * FAKE_IMAGE_SIZE + x) * 4;
        for (let c = 0; c < 3; c++) visit(n * FAKE_LATENT_SIZE + cell * 3 + c, pixel + c, dither);
      }
    }
  }
}
