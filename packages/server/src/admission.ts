import { FaceMorphError, type Pool } from '@facemorph/core/node';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from './metrics.js';
import type { Settings } from './options.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Fires when the client has gone before its answer. */
    gone: AbortSignal;
  }
  interface FastifyContextConfig {
    /** Whether requests take a place in the pool. */
    work?: boolean;
  }
}

/** Whether the server is about to stop. */
export interface Lifecycle {
  stopping: boolean;
}

/**
 * Turns away early: a request for which there is no room is answered before its body is read, and
 * the work of one whose client goes is stopped.
 */
export function registerAdmission(
  app: FastifyInstance,
  pool: Pool,
  { maxUploads }: Settings,
  metrics: Metrics,
): void {
  let inside = 0;
  app.decorateRequest('gone');
  app.addHook('onRequest', async (request, reply) => {
    request.gone = goneSignal(reply);
    if (!isWork(request)) return;
    if (isFull(pool) || inside >= maxUploads) {
      metrics.refused.inc({ reason: isFull(pool) ? 'queue' : 'uploads' });
      // Its body is not read: the connection cannot be used again.
      void reply.header('connection', 'close');
      throw new FaceMorphError('BUSY', 'The server is full', { hint: 'Try again shortly.' });
    }
    inside++;
    reply.raw.once('close', () => {
      inside--;
    });
  });
}

function goneSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(new Error('The client has gone'));
  });
  return controller.signal;
}

function isFull(pool: Pool): boolean {
  return pool.running >= pool.workers && pool.waiting >= pool.maxQueue;
}

/** Requests that take a place in the pool. A live connection asks for one with each edit. */
function isWork(request: FastifyRequest): boolean {
  return request.routeOptions.config.work === true;
}
