import type { Backend } from '../backend.js';
import type { WorkerLike } from './client.js';
import { serve } from './host.js';
import type { Request, Response } from './protocol.js';

/** A Worker in the same thread: real structured clones and transfers, no file to load. */
export interface FakeWorker extends WorkerLike {
  readonly terminated: boolean;
  /** As the browser reports a script that fails. */
  fail(message: string): void;
  /** As a browser that ends it without an event. */
  vanish(): void;
}

export function startFakeWorker(start: () => Promise<Backend>): FakeWorker {
  const { port1: page, port2: inside } = new MessageChannel();
  const errorListeners = new Set<(event: Event) => void>();
  let terminated = false;
  serve(
    {
      postMessage: (message, transfer) => inside.postMessage(message, transfer),
      addEventListener: (_, listener) => {
        inside.onmessage = (event) => listener(event as MessageEvent<Request>);
      },
    },
    start,
  );
  return {
    get terminated() {
      return terminated;
    },
    postMessage: (message, transfer) => page.postMessage(message, transfer),
    addEventListener: (
      type: string,
      listener: ((event: MessageEvent<Response>) => void) & ((event: Event) => void),
    ) => {
      if (type === 'message') page.onmessage = (event) => listener(event as MessageEvent<Response>);
      else errorListeners.add(listener);
    },
    terminate() {
      terminated = true;
      page.close();
      inside.close();
    },
    vanish() {
      inside.close();
    },
    fail(message) {
      for (const listener of errorListeners) {
        listener(Object.assign(new Event('error', { cancelable: true }), { message }));
      }
    },
  };
}
