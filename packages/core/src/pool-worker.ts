/** Entry of the worker threads that `createPool` starts. */
import { parentPort, workerData } from 'node:worker_threads';
import { type HostPort, servePool } from './runtime/pool/host.js';

void servePool(parentPort as unknown as HostPort, workerData);
