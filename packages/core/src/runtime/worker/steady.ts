import { FaceMorphError } from '../../errors.js';
import type { Backend, OpenOptions, Session } from '../backend.js';
import { disposedError } from './client.js';

/** How often a piece of work is tried that loses its Worker: it may be what brings it down. */
const ATTEMPTS = 2;

/** A session on one of the backends that follow one another. */
interface Opened {
  readonly host: Promise<Backend>;
  readonly session: Promise<Session>;
}

/**
 * A backend that starts another when it loses one (`WORKER_LOST`) or when one has run out of memory,
 * which wasm does not give back: what was under way is done once more there, by sessions whose models
 * can be had again. Otherwise, and when it is lost again, the error is the caller's.
 * @throws {FaceMorphError} what keeps the first one from starting
 */
export async function createSteadyBackend(start: () => Promise<Backend>): Promise<Backend> {
  let current: Promise<Backend> | undefined = start();
  let disposed = false;
  const { name } = await current;

  const live = (): Promise<Backend> => {
    if (disposed) throw disposedError();
    if (current) return current;
    const started = start();
    current = started;
    started.catch(() => drop(started));
    return started;
  };
  const drop = (host: Promise<Backend>): void => {
    if (current === host) current = undefined;
    void end(host);
  };

  return {
    name,
    async open(model, options) {
      const session = steadySession(model, options, { live, drop });
      await session.prepare();
      return session;
    },
    async dispose() {
      disposed = true;
      await (current && end(current));
    },
  };
}

/** The backends that sessions live on. */
interface Hosts {
  readonly live: () => Promise<Backend>;
  readonly drop: (host: Promise<Backend>) => void;
}

function steadySession(
  model: Uint8Array,
  { name, signal, again }: OpenOptions,
  { live, drop }: Hosts,
): Session & { prepare(): Promise<unknown> } {
  /** The first opening uses them up. */
  let first: { bytes: Uint8Array; signal: AbortSignal | undefined } | undefined = {
    bytes: model,
    signal,
  };
  let opened: Opened | undefined;
  let closed = false;

  const openOn = async (host: Promise<Backend>): Promise<Session> => {
    const backend = await host;
    const given = first;
    first = undefined;
    const bytes = given?.bytes ?? (await (again as NonNullable<typeof again>)());
    return backend.open(bytes, { name, signal: given?.signal });
  };
  const openHere = (): Opened => {
    const host = live();
    if (opened?.host === host) return opened;
    if (!first && !again) throw goneError(name);
    const here = { host, session: openOn(host) };
    here.session.catch(() => {
      if (opened === here) opened = undefined;
    });
    opened = here;
    return here;
  };
  const attempt = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    for (let tries = 1; ; tries++) {
      const { host, session } = openHere();
      try {
        return await work(await session);
      } catch (error) {
        if (!isLost(error)) throw error;
        drop(host);
        if (tries === ATTEMPTS || !again || closed) throw error;
      }
    }
  };
  return {
    prepare: () => attempt(async () => undefined),
    run: (inputs, options) => {
      if (closed) return Promise.reject(disposedError());
      return attempt((session) => session.run(inputs, options));
    },
    async dispose() {
      closed = true;
      await opened?.session.then(
        (session) => session.dispose(),
        () => {},
      );
    },
  };
}

function isLost(error: unknown): boolean {
  if (!(error instanceof FaceMorphError)) return false;
  return error.code === 'WORKER_LOST' || error.details.outOfMemory === true;
}

async function end(host: Promise<Backend>): Promise<void> {
  await host.then(
    (backend) => backend.dispose(),
    () => {},
  );
}

function goneError(name: string): FaceMorphError {
  return new FaceMorphError('WORKER_LOST', `The ${name} was lost with its Worker`, {
    hint: 'Open the model again.',
  });
}
