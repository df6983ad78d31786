import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import type { FaceMorph } from '../../face-morph.js';
import { type HostPort, servePool } from './host.js';
import type { ThreadSettings } from './protocol.js';
import type { ThreadPort } from './thread.js';

/** A worker thread in the same thread: real structured clones and transfers, no file to load. */
export interface FakeThread extends ThreadPort {
  /** As when a native library brings the thread down. */
  crash(): void;
}

export function startFakeThread(
  settings: ThreadSettings,
  load: (settings: ThreadSettings) => Promise<FaceMorph>,
): FakeThread {
  const { port1: outside, port2: inside } = new MessageChannel();
  const events = new EventEmitter();
  let ended = false;
  const end = (code: number): void => {
    if (ended) return;
    ended = true;
    outside.close();
    inside.close();
    setImmediate(() => events.emit('exit', code));
  };
  outside.on('message', (message) => events.emit('message', message));
  // After all that was said before has been heard.
  outside.on('close', () => end(0));
  void servePool(inside as unknown as HostPort, settings, load);
  return {
    postMessage: (request) => {
      if (!ended) outside.postMessage(request);
    },
    on: (event: string, listener: (...values: never[]) => void) =>
      events.on(event, listener as (...values: unknown[]) => void),
    terminate: async () => end(1),
    crash: () => {
      events.emit('error', new Error('out of memory'));
      end(1);
    },
  };
}
