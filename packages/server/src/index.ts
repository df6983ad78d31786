/**
 * FaceMorph over HTTP and WebSocket: a pool of worker threads behind Fastify.
 * @module
 */
export { createServer } from './create-server.js';
export { optionsFromEnvironment } from './environment.js';
export type { ServerOptions } from './options.js';
export { type RunningServer, type StartOptions, startServer } from './start-server.js';
