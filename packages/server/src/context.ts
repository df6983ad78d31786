import type { Lifecycle } from './admission.js';
import type { Metrics } from './metrics.js';
import type { Settings } from './options.js';
import type { ServerPool } from './timed-pool.js';
import type { Workload } from './workload.js';

/** What routes work with. */
export interface Context {
  readonly pool: ServerPool;
  readonly workload: Workload;
  readonly settings: Settings;
  readonly metrics: Metrics;
  readonly lifecycle: Lifecycle;
}
