import { isMainThread } from 'node:worker_threads';
import { FaceMorphError } from '../errors.js';

/** What onnxruntime looks for in the environment of its process when it starts, and only then. */
const OPT_OUT = 'ORT_DISABLE_TELEMETRY';

/** Where it is asked for; tests put others in their place. */
export interface ProcessLike {
  readonly env: Record<string, string | undefined>;
  readonly platform: NodeJS.Platform;
  readonly isMainThread: boolean;
}

const HERE: ProcessLike = { env: process.env, platform: process.platform, isMainThread };

/**
 * Keeps onnxruntime-node from reporting. From 1.29 on its builds for Linux and macOS give the machine
 * a number, keep it in the user's cache folder, and send Microsoft what is run on it; they do none of
 * this where one variable is set before they start. (Windows has settings of its own for this.)
 *
 * @throws {FaceMorphError} `BACKEND_UNAVAILABLE` in a worker thread that was started without the
 * variable: the thread's environment is a copy that native code does not see.
 */
export function forbidTelemetry({ env, platform, isMainThread }: ProcessLike = HERE): void {
  if (env[OPT_OUT] === '1' || platform === 'win32') return;
  if (!isMainThread) {
    throw new FaceMorphError(
      'BACKEND_UNAVAILABLE',
      'onnxruntime-node would send telemetry from this worker thread',
      {
        hint: `Set process.env.${OPT_OUT} = '1' in the main thread before the worker is started, or use createPool().`,
      },
    );
  }
  env[OPT_OUT] = '1';
}
