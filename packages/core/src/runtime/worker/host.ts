import { FaceMorphError } from '../../errors.js';
import type { Backend, Session, Tensor } from '../backend.js';
import { messageOf } from '../runtime-errors.js';
import type { CallKind, Calls, Request, Response, StartParams } from './protocol.js';

/** The Worker's side of the channel: `self` in a dedicated Worker. */
export interface HostPort {
  postMessage(message: Response, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<Request>) => void): void;
}

/** Serves the requests of a page with the backend that `start` makes of its settings. */
export function serve(port: HostPort, start: (params: StartParams) => Promise<Backend>): void {
  const sessions = new Map<number, Session>();
  const running = new Map<number, AbortController>();
  let backend: Backend | undefined;
  let nextSession = 1;

  const handlers: {
    [K in CallKind]: (
      params: Calls[K]['params'],
      signal: AbortSignal,
    ) => Promise<Calls[K]['result']>;
  } = {
    async start(params) {
      backend = await start(params);
      return { backend: backend.name };
    },
    async open({ model, name }, signal) {
      if (!backend) throw new FaceMorphError('BACKEND_UNAVAILABLE', 'The Worker is not started');
      const session = await backend.open(model, { name, signal });
      sessions.set(nextSession, session);
      return { session: nextSession++ };
    },
    async run({ session, inputs }, signal) {
      return find(session).run(inputs, { signal });
    },
    async close({ session }) {
      const found = find(session);
      sessions.delete(session);
      await found.dispose();
      return {};
    },
  };

  const find = (id: number): Session => {
    const session = sessions.get(id);
    if (session) return session;
    throw new FaceMorphError('DISPOSED', 'The session is disposed of', { hint: 'Open a new one.' });
  };

  const answer = async (request: Exclude<Request, { kind: 'cancel' | 'ping' }>): Promise<void> => {
    const { id, kind, params } = request;
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const handle = handlers[kind] as (
        params: Calls[CallKind]['params'],
        signal: AbortSignal,
      ) => Promise<Calls[CallKind]['result']>;
      const result = await handle(params, controller.signal);
      const transfer = kind === 'run' ? buffersOf(result as Record<string, Tensor>) : [];
      port.postMessage({ id, ok: true, result }, transfer);
    } catch (error) {
      port.postMessage({ id, ok: false, error: toFaceMorphError(error).toJSON() }, []);
    } finally {
      running.delete(id);
    }
  };

  port.addEventListener('message', ({ data }) => {
    if (data.kind === 'cancel') running.get(data.id)?.abort();
    else if (data.kind === 'ping') port.postMessage({ id: data.id, ok: true, result: {} }, []);
    else void answer(data);
  });
}

/** Each buffer once, as a transfer list demands. */
function buffersOf(tensors: Readonly<Record<string, Tensor>>): Transferable[] {
  const buffers = new Set<Transferable>();
  for (const { data } of Object.values(tensors)) {
    if (data.byteLength === data.buffer.byteLength) buffers.add(data.buffer as ArrayBuffer);
  }
  return [...buffers];
}

function toFaceMorphError(error: unknown): FaceMorphError {
  if (error instanceof FaceMorphError) return error;
  return new FaceMorphError('INFERENCE_FAILED', messageOf(error));
}
