import { availableParallelism } from 'node:os';
import { isMainThread, Worker } from 'node:worker_threads';
import { assertWhole, invalidArgument } from '../../errors.js';
import type { EditOptions } from '../../face.js';
import type { SampleOptions } from '../../face-morph-options.js';
import { isPixels } from '../../image/pixels.js';
import type { Latent } from '../../latent/latent.js';
import type { AttributeInput } from '../../load.js';
import type { ModelSource } from '../../model/manifest-types.js';
import type { EncodeImageOptions } from '../../platform/platform.js';
import { forbidTelemetry } from '../telemetry.node.js';
import type {
  JobOptions,
  Pool,
  PoolMorphOptions,
  PoolOpenOptions,
  PoolOptions,
  PoolPicture,
} from './pool-types.js';
import type { PortableFace, PortableModel, ThreadSettings } from './protocol.js';
import type { ThreadPort } from './thread.js';
import { ThreadPool } from './thread-pool.js';

const MAX_WORKERS = 64;
/** Jobs that may wait for each worker. */
const QUEUE = 16;

/**
 * Starts FaceMorph on several worker threads, each with a model of its own: for servers, whose event
 * loop must stay free, and for work on many photos. Node only.
 *
 * @throws {FaceMorphError} `ARGUMENT_INVALID`, and as `FaceMorph.load`
 * @example
 * ```ts
 * const pool = await createPool();
 * const { picture } = await pool.edit('face.jpg', { smiling: 2 }, { file: { type: 'image/jpeg' } });
 * await pool.dispose();
 * ```
 */
export function createPool(options: PoolOptions = {}): Promise<Pool> {
  // The threads cannot do it for themselves.
  if (isMainThread) forbidTelemetry();
  return createPoolOf((settings) => {
    const file = new URL('./pool-worker.js', import.meta.url);
    return new Worker(file, { workerData: settings, name: 'facemorph' });
  }, options);
}

/** The same with threads of another kind, for tests. */
export async function createPoolOf(
  startThread: (settings: ThreadSettings) => ThreadPort,
  options: PoolOptions,
): Promise<Pool> {
  const workers = options.workers ?? Math.min(availableParallelism(), MAX_WORKERS);
  assertWhole(workers, 1, MAX_WORKERS, 'workers');
  const maxQueue = options.maxQueue ?? workers * QUEUE;
  assertWhole(maxQueue, 0, Number.MAX_SAFE_INTEGER, 'maxQueue');
  const settings = settingsOf(options);
  const { pool, ready } = await ThreadPool.start({
    workers,
    maxQueue,
    startThread: () => startThread(settings),
    signal: options.signal,
  });

  return {
    ...ready,
    workers,
    maxQueue,
    get running() {
      return pool.running;
    },
    get waiting() {
      return pool.waiting;
    },
    get replaced() {
      return pool.replaced;
    },
    encode: async (picture, task = {}) =>
      pool.run('encode', { picture: portable(picture), open: openOf(task) }, task),
    // What `file` says decides between the two kinds of picture.
    decode: (async (latents, task: Task = {}) =>
      pool.run('decode', { latents, file: task.file }, task)) as Pool['decode'],
    edit: (async (face, edits, task: Task & EditTask = {}) => {
      const { keep, mode, file } = task;
      const params = { face: portable(face), open: openOf(task), edits, keep, mode, file };
      return pool.run('edit', params, task);
    }) as Pool['edit'],
    sample: (async (task: Task & SampleTask = {}) => {
      const { count, seed, truncation, file } = task;
      return pool.run('sample', { count, seed, truncation, file }, task);
    }) as Pool['sample'],
    morph: (async (from, to, task: Task & PoolMorphOptions = {}) => {
      const { frames, path, easing, file } = task;
      const ends = { from: portable(from), to: portable(to), open: openOf(task) };
      return pool.run('morph', { ...ends, frames, path, easing, file }, task);
    }) as Pool['morph'],
    room: (signal) => pool.room(signal),
    dispose: () => pool.dispose(),
    [Symbol.asyncDispose]: () => pool.dispose(),
  };
}

type Task = JobOptions & PoolOpenOptions & { readonly file?: EncodeImageOptions };
type EditTask = Pick<EditOptions, 'keep' | 'mode'>;
type SampleTask = Pick<SampleOptions, 'count' | 'seed' | 'truncation'>;

function openOf({ aligned, landmarks, face, maxPixels }: PoolOpenOptions): PoolOpenOptions {
  return { aligned, landmarks, face, maxPixels };
}

/** A face as it crosses threads: the bytes alone, not the larger buffer that they may lie in. */
function portable(face: PoolPicture | Latent): PortableFace {
  if (face instanceof URL) return face.href;
  if (face instanceof ArrayBuffer) return new Uint8Array(face);
  if (typeof face === 'string' || face instanceof Float32Array) return face;
  if (face instanceof Uint8Array) return new Uint8Array(face);
  if (!isPixels(face)) {
    throw invalidArgument('a path, URL, bytes, { width, height, data } or a latent', 'face', face);
  }
  const { width, height, data } = face;
  return { width, height, data };
}

function settingsOf({ model, attributes = [], backend, cache }: PoolOptions): ThreadSettings {
  if (typeof backend === 'object') {
    throw invalidArgument(
      'the name of a backend',
      'backend',
      backend,
      'A backend stays in its thread.',
    );
  }
  return {
    model: model === undefined ? undefined : portableModel(model),
    attributes: Array.isArray(attributes) ? attributes : [attributes as AttributeInput],
    backend,
    cache,
  };
}

function portableModel(model: string | URL | ModelSource): PortableModel {
  if (typeof model === 'string') return { location: model };
  if (model instanceof URL) return { location: model.href };
  const files = Object.entries(model.files).map(([role, url]) => [role, url.href]);
  return { manifest: model.manifest, files: Object.fromEntries(files) };
}
