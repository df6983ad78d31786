import { FaceMorphError } from '../../packages/core/src/errors.js';
import { report } from './harness.js';

/** Something that breaks, and what may come of it. */
export interface Fault {
  readonly name: string;
  /** Works while the fault is there. */
  work(): Promise<unknown>;
  /** The code of the error that must come; `'value'` where the work must succeed nevertheless. */
  readonly expected: string;
  /** Works on when the fault is gone: must succeed. */
  recover(): Promise<unknown>;
  /** How many things were lost: entries that are not what they should be, files cut short. */
  lost(): Promise<number>;
  /** What may not take longer, in ms. @defaultValue 20,000 */
  readonly limit?: number;
}

/** No fault may hold up the work for longer, in ms, on a machine that has other things to do. */
const HANG_MS = 20_000;

/** Injects a fault and says what came of it. @throws when it was not survived, or something was lost */
export async function inject(fault: Fault): Promise<void> {
  const { name, work, expected, recover, lost, limit = HANG_MS } = fault;
  let outcome = await outcomeOf(work, limit);
  const afterwards = await outcomeOf(recover, limit);
  const missing = await lost();
  if (outcome === expected && afterwards !== 'value') outcome = `${outcome}, then ${afterwards}`;
  const survived = outcome === expected && missing === 0;
  report('fault', { fault: name, injected: 1, survived: survived ? 1 : 0, lost: missing });
  if (!survived) throw new Error(`${name}: expected ${expected}, got ${outcome}; lost: ${missing}`);
}

async function outcomeOf(work: () => Promise<unknown>, limit: number): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const hang = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, limit, 'a hang');
  });
  const done = work().then(
    () => 'value',
    (error: unknown) => (error instanceof FaceMorphError ? error.code : `another error: ${error}`),
  );
  try {
    return await Promise.race([done, hang]);
  } finally {
    clearTimeout(timer);
  }
}
