import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.js';

/** `GET /healthz` (the process lives) and `/readyz` (it takes requests). */
export function healthRoutes(app: FastifyInstance, { pool, lifecycle }: Context): void {
  const options = { schema: { hide: true }, logLevel: 'warn' } as const;

  app.get('/healthz', options, async () => ({ status: 'ok' }));

  app.get('/readyz', options, async (_, reply) => {
    const { workers, running, waiting } = pool;
    const status = lifecycle.stopping ? 'stopping' : 'ready';
    void reply.code(lifecycle.stopping ? 503 : 200);
    return { status, workers, running, waiting };
  });
}
