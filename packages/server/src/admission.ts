import { FaceMorphError } from '@facemorph/core/node';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from './context.js';

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

/** Bytes of the body of a refused request that are skipped; beyond them the connection is closed. */
const SKIPPED = 2 ** 20;

/** Whether the server is about to stop. */
export interface Lifecycle {
  stopping: boolean;
}

/**
 * Turns away early: a request for which there is no room is answered before its body is read, and
 * the work of one whose client goes is stopped.
 */
export function registerAdmission(app: FastifyInstance, context: Context): void {
  let inside = 0;
  app.decorateRequest('gone');
  app.addHook('onRequest', async (request, reply) => {
    request.gone = goneSignal(reply);
    if (!isWork(request)) return;
    const reason = reasonToRefuse(context, inside);
    if (reason !== undefined) {
      context.metrics.refused.inc({ reason });
      if (!isShort(request)) void reply.header('connection', 'close');
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

/**
 * Whether what is left of a refused request is cheaper to skip than a new connection, which the
 * client would open to try again. Node skips it by itself once the answer is written.
 */
function isShort({ headers }: FastifyRequest): boolean {
  if (headers['transfer-encoding'] !== undefined) return false;
  return Number(headers['content-length'] ?? 0) <= SKIPPED;
}

/** What there is no more room for. @param inside - Requests that were let in and not answered yet. */
function reasonToRefuse(
  { pool, workload, settings }: Context,
  inside: number,
): 'queue' | 'wait' | 'uploads' | undefined {
  if (pool.running >= pool.workers && pool.waiting >= pool.maxQueue) return 'queue';
  if (workload.expectedWait() > settings.maxWait) return 'wait';
  return inside >= settings.maxUploads ? 'uploads' : undefined;
}

/** Requests that take a place in the pool. A live connection asks for one with each edit. */
function isWork(request: FastifyRequest): boolean {
  return request.routeOptions.config.work === true;
}
