import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer } from './create-server.js';
import type { ServerOptions } from './options.js';

/** A server that listens. */
export interface RunningServer {
  /** Such as `http://127.0.0.1:8000`. */
  readonly url: string;
  /** Takes no more requests, answers those under way, and ends. Safe to call twice. */
  close(): Promise<void>;
}

/** Options of {@link startServer}. */
export interface StartOptions extends ServerOptions {
  /** 0 for any that is free. @defaultValue 8000 */
  readonly port?: number | undefined;
  /** @defaultValue `'127.0.0.1'`: this machine only */
  readonly host?: string | undefined;
  /** Milliseconds after which requests that are still under way are cut off. @defaultValue 30 000 */
  readonly closeTimeout?: number | undefined;
}

/**
 * Starts a server.
 * @throws {FaceMorphError} as `createPool`; an error with a `code` such as `EADDRINUSE`.
 */
export async function startServer(options: StartOptions = {}): Promise<RunningServer> {
  const { port = 8000, host = '127.0.0.1', closeTimeout = 30_000 } = options;
  const app = await createServer(options);
  try {
    await app.listen({ port, host });
  } catch (error) {
    await app.close();
    throw error;
  }
  const { address, port: actual, family } = app.server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const late = new AbortController();
    const cutOff = sleep(closeTimeout, undefined, { signal: late.signal }).then(
      () => app.server.closeAllConnections(),
      () => {},
    );
    await app.close();
    late.abort();
    await cutOff;
  };
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
