import type { JobOptions, Pool, PoolPicture } from '@facemorph/core/node';
import type { Workload } from './workload.js';

/** What the server uses of a pool. */
export type ServerPool = Pick<
  Pool,
  | 'manifest'
  | 'attributes'
  | 'workers'
  | 'maxQueue'
  | 'running'
  | 'waiting'
  | 'replaced'
  | 'encode'
  | 'edit'
  | 'decode'
  | 'sample'
  | 'morph'
  | 'room'
  | 'dispose'
>;

/** Frames of a morph of which the caller does not say how many. */
const FRAMES = 24;
/** Bytes of a photo beside which all else that is done for it is small. */
const SMALL = 50_000;

/** The same pool; each of its jobs is counted in a workload, with its size. */
export function timedPool(pool: Pool, workload: Workload): ServerPool {
  const count = async <T>(
    kind: string,
    units: number,
    options: JobOptions | undefined,
    run: (options: JobOptions) => Promise<T>,
  ): Promise<T> => {
    const ticket = workload.enter(kind, units);
    let isWhole = false;
    try {
      const result = await run({ ...options, onStart: ticket.start });
      isWhole = true;
      return result;
    } finally {
      ticket.end(isWhole);
    }
  };
  return {
    manifest: pool.manifest,
    attributes: pool.attributes,
    workers: pool.workers,
    maxQueue: pool.maxQueue,
    get running() {
      return pool.running;
    },
    get waiting() {
      return pool.waiting;
    },
    get replaced() {
      return pool.replaced;
    },
    encode: (picture, options) =>
      count('encode', sizeOf(picture), options, (timed) => pool.encode(picture, timed)),
    // Which picture comes back depends on the options, which go through as they are.
    edit: ((face, edits, options) => {
      const kind = face instanceof Float32Array ? 'edit a latent' : 'edit';
      return count(kind, sizeOf(face), options, (timed) => pool.edit(face, edits, timed));
    }) as Pool['edit'],
    decode: ((latents, options) =>
      count('decode', latents.length, options, (timed) =>
        pool.decode(latents, timed),
      )) as Pool['decode'],
    sample: ((options) =>
      count('sample', options?.count ?? 1, options, (timed) =>
        pool.sample(timed),
      )) as Pool['sample'],
    morph: ((from, to, options) =>
      count('morph', options?.frames ?? FRAMES, options, (timed) =>
        pool.morph(from, to, timed),
      )) as Pool['morph'],
    room: (signal) => pool.room(signal),
    dispose: () => pool.dispose(),
  };
}

/** How much work a picture is, before it is decoded: with its bytes grow its pixels. */
function sizeOf(picture: PoolPicture | Float32Array): number {
  return picture instanceof Uint8Array ? 1 + picture.length / SMALL : 1;
}
