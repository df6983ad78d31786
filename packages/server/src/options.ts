import type { PoolOptions } from '@facemorph/core/node';

/** Options of a server. */
export interface ServerOptions extends Pick<PoolOptions, 'model' | 'backend'> {
  /** Threads, each with a model of its own, 1 to 64. @defaultValue the number of cores, at most 64 */
  readonly workers?: number | undefined;
  /**
   * Pictures that may wait beyond those that are worked on; one more is answered with 503. A longer
   * queue makes everybody wait longer and does no more work. @defaultValue the number of workers
   */
  readonly maxQueue?: number | undefined;
  /**
   * Milliseconds for which a request may be expected to wait, by how long the jobs before it are; one
   * that would wait longer is answered with 503 even where the queue has room. @defaultValue 2000
   */
  readonly maxWait?: number | undefined;
  /** The largest upload in bytes. @defaultValue 20 MiB */
  readonly maxBytes?: number | undefined;
  /** The largest picture in pixels. @defaultValue 24 megapixels */
  readonly maxPixels?: number | undefined;
  /**
   * Requests that may be on their way at once: with `maxBytes` it bounds what their bodies take. What
   * live connections send is not among them; `maxLive` bounds that. @defaultValue 32
   */
  readonly maxUploads?: number | undefined;
  /** Live connections at once. @defaultValue 100 */
  readonly maxLive?: number | undefined;
  /** Live connections of one address at once. @defaultValue 25 */
  readonly maxLivePerAddress?: number | undefined;
  /** Requests of one address in a minute; 0 for no limit. @defaultValue 300 */
  readonly rateLimit?: number | undefined;
  /** Milliseconds that a job may run. @defaultValue 30 000 */
  readonly jobTimeout?: number | undefined;
  /** Milliseconds in which a request must have arrived. @defaultValue 30 000 */
  readonly requestTimeout?: number | undefined;
  /** Whether a proxy in front says who the client is. @defaultValue false */
  readonly trustProxy?: boolean | undefined;
  /** One JSON object a line on stdout. @defaultValue true */
  readonly log?: boolean | undefined;
}

/** Options with their defaults, but for what the pool has defaults for. */
export type Settings = {
  readonly [K in Exclude<
    keyof ServerOptions,
    'workers' | 'model' | 'backend' | 'maxQueue'
  >]-?: NonNullable<ServerOptions[K]>;
};

export function settingsOf(options: ServerOptions): Settings {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...DEFAULTS, ...Object.fromEntries(given) };
}

const DEFAULTS: Settings = {
  maxWait: 2000,
  maxBytes: 20 * 2 ** 20,
  maxPixels: 24_000_000,
  maxUploads: 32,
  maxLive: 100,
  maxLivePerAddress: 25,
  rateLimit: 300,
  jobTimeout: 30_000,
  requestTimeout: 30_000,
  trustProxy: false,
  log: true,
};
