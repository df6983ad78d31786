import { constants, setPriority } from 'node:os';

/**
 * On a busy machine a thread of normal priority loses half of its time; what is started from here
 * inherits the priority. Not everybody may raise it.
 */
export function raisePriority() {
  try {
    setPriority(constants.priority.PRIORITY_HIGH);
  } catch {
    console.error('The priority stays normal: other work on this machine will show in the times.');
  }
}
