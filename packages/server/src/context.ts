import type { Pool } from '@facemorph/core/node';
import type { Lifecycle } from './admission.js';
import type { Metrics } from './metrics.js';
import type { Settings } from './options.js';

/** What routes work with. */
export interface Context {
  readonly pool: Pool;
  readonly settings: Settings;
  readonly metrics: Metrics;
  readonly lifecycle: Lifecycle;
}
