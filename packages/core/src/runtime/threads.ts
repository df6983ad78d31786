import { invalidArgument } from '../errors.js';

const MAX_THREADS = 64;

/** The number of threads asked for. @throws {FaceMorphError} `ARGUMENT_INVALID` */
export function threadCount(threads: number | undefined): number {
  if (threads === undefined) return 1;
  if (Number.isInteger(threads) && threads >= 1 && threads <= MAX_THREADS) return threads;
  throw invalidArgument(`a whole number from 1 to ${MAX_THREADS}`, 'threads', threads);
}
