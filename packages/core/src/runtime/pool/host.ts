import { FaceMorphError } from '../../errors.js';
import { FaceMorph } from '../../face-morph.js';
import type { ModelRole, ModelSource } from '../../model/manifest-types.js';
import { messageOf } from '../runtime-errors.js';
import { createJobs, type JobHandlers } from './jobs.js';
import type { JobKind, Jobs, ThreadRequest, ThreadResponse, ThreadSettings } from './protocol.js';

/** The thread's side of the channel: `parentPort` of a worker thread. */
export interface HostPort {
  postMessage(message: ThreadResponse, transfer: ArrayBuffer[]): void;
  on(event: 'message', listener: (request: ThreadRequest) => void): unknown;
  close(): void;
}

type JobRequest = Extract<ThreadRequest, { kind: JobKind }>;

/** Loads a model, says so, and does the jobs that come. */
export async function servePool(
  port: HostPort,
  settings: ThreadSettings,
  load: (settings: ThreadSettings) => Promise<FaceMorph> = loadModel,
): Promise<void> {
  let fm: FaceMorph;
  try {
    fm = await load(settings);
  } catch (error) {
    answer(port, { id: 0, ok: false, error: toFaceMorphError(error).toJSON() });
    port.close();
    return;
  }
  const jobs = createJobs(fm);
  let current: { readonly id: number; readonly controller: AbortController } | undefined;
  let working: Promise<void> | undefined;

  const close = async (): Promise<void> => {
    current?.controller.abort();
    await working;
    await fm.dispose();
  };

  const work = async ({ id, kind, params }: JobRequest): Promise<void> => {
    const controller = new AbortController();
    current = { id, controller };
    try {
      const handle = jobs[kind] as (
        params: Jobs[JobKind]['params'],
        signal: AbortSignal,
      ) => ReturnType<JobHandlers[JobKind]>;
      answer(port, { id, ok: true, result: await handle(params, controller.signal) });
    } catch (error) {
      answer(port, { id, ok: false, error: toFaceMorphError(error).toJSON() });
    }
  };

  port.on('message', (request) => {
    if (request.kind === 'close') void close().finally(() => port.close());
    else if (request.kind !== 'cancel') working = work(request);
    else if (current?.id === request.id) current.controller.abort();
  });
  const { manifest, attributes, backend } = fm;
  answer(port, { id: 0, ok: true, result: { manifest, attributes, backend } });
}

function loadModel({ model, attributes, backend, cache }: ThreadSettings): Promise<FaceMorph> {
  return FaceMorph.load({ model: model && revive(model), attributes, backend, cache });
}

function revive(model: NonNullable<ThreadSettings['model']>): string | ModelSource {
  if ('location' in model) return model.location;
  const files = Object.entries(model.files).map(([role, url]) => [role, new URL(url)] as const);
  return {
    manifest: model.manifest,
    files: Object.fromEntries(files) as Partial<Record<ModelRole, URL>>,
  };
}

/** Moves pictures and latents instead of copying them, where their memory may be moved. */
function answer(port: HostPort, response: ThreadResponse): void {
  try {
    port.postMessage(response, response.id === 0 || !response.ok ? [] : buffersOf(response.result));
  } catch (error) {
    // Memory that belongs to a native library is copied.
    if ((error as Error | null)?.name !== 'DataCloneError') throw error;
    port.postMessage(response, []);
  }
}

/** Each buffer that a result fills, once, as a transfer list demands. */
function buffersOf(value: unknown, found: Set<ArrayBuffer> = new Set()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.byteLength === value.buffer.byteLength) found.add(value.buffer as ArrayBuffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) buffersOf(part, found);
  }
  return [...found];
}

function toFaceMorphError(error: unknown): FaceMorphError {
  if (error instanceof FaceMorphError) return error;
  return new FaceMorphError('INFERENCE_FAILED', messageOf(error));
}
