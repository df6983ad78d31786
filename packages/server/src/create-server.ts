import type { Server } from 'node:http';
import { availableParallelism } from 'node:os';
import { createPool, type Pool } from '@facemorph/core/node';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyHttpOptions, type FastifyInstance } from 'fastify';
import { type Lifecycle, registerAdmission } from './admission.js';
import type { Context } from './context.js';
import { answerOf, retryAfter } from './http-errors.js';
import { createMetrics, registerMetrics } from './metrics.js';
import { type ServerOptions, type Settings, settingsOf } from './options.js';
import { coerceQuery } from './query.js';
import { docsRoutes } from './routes/docs-routes.js';
import { faceRoutes } from './routes/face-routes.js';
import { healthRoutes } from './routes/health-routes.js';
import { LIVE, liveRoute } from './routes/live-route.js';
import { photoRoutes } from './routes/photo-routes.js';
import { timedPool } from './timed-pool.js';
import { registerUploads } from './uploads.js';
import { VERSION } from './version.js';
import { Workload } from './workload.js';

/** The most that a pool takes. */
const MAX_WORKERS = 64;

/**
 * Loads the model on worker threads and builds the server around them. Call `listen` on it, or
 * `inject` in tests; `close` waits for requests that are under way and ends the threads.
 *
 * @throws {FaceMorphError} as `createPool`
 */
export async function createServer(options: ServerOptions = {}): Promise<FastifyInstance> {
  const { model, backend, workers = Math.min(availableParallelism(), MAX_WORKERS) } = options;
  const pool = await createPool({ workers, model, backend, maxQueue: options.maxQueue ?? workers });
  try {
    return await buildServer(pool, settingsOf(options));
  } catch (error) {
    await pool.dispose();
    throw error;
  }
}

/** The server around a pool, which it owns. */
export async function buildServer(threads: Pool, settings: Settings): Promise<FastifyInstance> {
  const app = Fastify(fastifyOptions(settings));
  const lifecycle: Lifecycle = { stopping: false };
  const workload = new Workload(threads.workers);
  const pool = timedPool(threads, workload);
  const metrics = createMetrics(pool, workload);
  const context: Context = { pool, workload, settings, metrics, lifecycle };

  app.setErrorHandler(async (thrown, request, reply) => {
    const { status, body } = answerOf(thrown);
    if (status >= 500 && status !== 503) request.log.error({ err: thrown }, 'failed');
    if (status === 503) void reply.header('retry-after', retryAfter(workload.expectedWait()));
    return reply.code(status).send(body);
  });
  app.setNotFoundHandler(async (_, reply) =>
    reply.code(404).send({
      error: { code: 'NOT_FOUND', message: 'There is no such address', hint: 'See /docs.' },
    }),
  );
  app.addHook('preClose', async () => {
    lifecycle.stopping = true;
  });
  app.addHook('onClose', () => pool.dispose());
  app.addHook('onSend', async (_, reply) => {
    // Else the connection of the last answer would keep the server from ending.
    if (lifecycle.stopping) void reply.header('connection', 'close');
  });

  registerMetrics(app, metrics);
  if (settings.rateLimit > 0) {
    const isOurs = (url: string): boolean => url.startsWith('/v1/');
    await app.register(rateLimit, {
      max: settings.rateLimit,
      timeWindow: '1 minute',
      allowList: ({ url }) => !isOurs(url),
    });
  }
  registerAdmission(app, context);
  await registerUploads(app, settings);
  app.addHook('preValidation', coerceQuery);
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'FaceMorph', version: VERSION } },
    // The WebSocket plugin hides its routes.
    transform: ({ schema, url }) => ({
      schema: url === LIVE ? { ...schema, hide: false } : schema,
      url,
    }),
  });
  healthRoutes(app, context);
  docsRoutes(app);
  photoRoutes(app, context);
  faceRoutes(app, context);
  await liveRoute(app, context);
  await app.ready();
  return app;
}

function fastifyOptions(settings: Settings): FastifyHttpOptions<Server> {
  return {
    bodyLimit: Math.ceil(settings.maxBytes * (4 / 3)) + 65_536,
    requestTimeout: settings.requestTimeout,
    http: {
      // Node swaps the two limits where that of the headers is the longer.
      headersTimeout: Math.min(settings.requestTimeout, 60_000),
      // How often Node looks for requests that are late.
      connectionsCheckingInterval: Math.min(settings.requestTimeout, 5000),
    },
    keepAliveTimeout: 65_000,
    trustProxy: settings.trustProxy,
    forceCloseConnections: 'idle',
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
    logger: settings.log && {
      // What was asked for and what became of it: no addresses, no headers, no queries, no bodies.
      serializers: {
        req: ({ method, url }) => ({ method, path: url.split('?')[0] }),
        res: ({ statusCode }) => ({ statusCode }),
      },
    },
  };
}
