import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ServerPool } from './timed-pool.js';
import type { Workload } from './workload.js';

/** What the server counts. */
export interface Metrics {
  readonly registry: Registry;
  /** Requests and edits that were turned away, by `reason`. */
  readonly refused: Counter<'reason'>;
  /** Open live connections. */
  readonly live: Gauge;
  /** Live edits that a newer one has overtaken. */
  readonly overtaken: Counter;
}

/** Seconds. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics(pool: ServerPool, workload: Workload): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const poolGauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name: `facemorph_pool_${name}`,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  poolGauge('workers', 'Worker threads', () => pool.workers);
  poolGauge('running', 'Jobs that run', () => pool.running);
  poolGauge('waiting', 'Jobs that wait: scale on this', () => pool.waiting);
  poolGauge('expected_wait_seconds', 'How long a job that came now would wait', () => {
    return workload.expectedWait() / 1000;
  });
  poolGauge('replaced', 'Worker threads that were lost and replaced', () => pool.replaced);
  return {
    registry,
    refused: new Counter({
      name: 'facemorph_refused_total',
      help: 'Requests that were turned away',
      labelNames: ['reason'],
      registers,
    }),
    live: new Gauge({ name: 'facemorph_live_connections', help: 'Live connections', registers }),
    overtaken: new Counter({
      name: 'facemorph_live_overtaken_total',
      help: 'Live edits that a newer one has overtaken',
      registers,
    }),
  };
}

/** Counts and times every request, by route. */
export function registerMetrics(app: FastifyInstance, { registry }: Metrics): void {
  const seconds = new Histogram({
    name: 'facemorph_http_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['route', 'method', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    // Of an unknown address only that it was one: clients must not choose the labels.
    const route = request.routeOptions.url ?? 'unknown';
    const labels = { route, method: request.method, status: String(reply.statusCode) };
    seconds.observe(labels, reply.elapsedTime / 1000);
  });
  app.get('/metrics', { schema: { hide: true } }, async (_, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
