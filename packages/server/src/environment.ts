import { FaceMorphError } from '@facemorph/core/node';
import type { ServerOptions } from './options.js';

/** Numbers, by the environment variable that sets them. */
const NUMBERS = {
  FACEMORPH_WORKERS: 'workers',
  FACEMORPH_MAX_QUEUE: 'maxQueue',
  FACEMORPH_MAX_WAIT: 'maxWait',
  FACEMORPH_MAX_BYTES: 'maxBytes',
  FACEMORPH_MAX_PIXELS: 'maxPixels',
  FACEMORPH_MAX_UPLOADS: 'maxUploads',
  FACEMORPH_MAX_LIVE: 'maxLive',
  FACEMORPH_MAX_LIVE_PER_ADDRESS: 'maxLivePerAddress',
  FACEMORPH_RATE_LIMIT: 'rateLimit',
  FACEMORPH_JOB_TIMEOUT: 'jobTimeout',
  FACEMORPH_REQUEST_TIMEOUT: 'requestTimeout',
} as const satisfies Record<string, keyof ServerOptions>;

/**
 * The options that environment variables set: `FACEMORPH_` and the option's name in capitals.
 * @throws {FaceMorphError} `ARGUMENT_INVALID` with the name of the variable.
 */
export function optionsFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): ServerOptions {
  const options: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(NUMBERS)) {
    const text = environment[name];
    if (text === undefined || text === '') continue;
    if (!/^\d+$/.test(text)) {
      const message = `Expected a whole number for ${name} but received "${text}"`;
      throw new FaceMorphError('ARGUMENT_INVALID', message, { details: { name } });
    }
    options[option] = Number(text);
  }
  if (environment.FACEMORPH_MODEL) options.model = environment.FACEMORPH_MODEL;
  if (environment.FACEMORPH_TRUST_PROXY) {
    options.trustProxy = environment.FACEMORPH_TRUST_PROXY === 'true';
  }
  return options;
}
