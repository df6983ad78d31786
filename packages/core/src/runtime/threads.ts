import { assertWhole } from '../errors.js';

const MAX_THREADS = 64;

/** The number of threads asked for. @throws {FaceMorphError} `ARGUMENT_INVALID` */
export function threadCount(threads = 1): number {
  assertWhole(threads, 1, MAX_THREADS, 'threads');
  return threads;
}
