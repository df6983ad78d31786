import { appendFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { FaceMorphError } from '../../packages/core/src/errors.js';

/** Inputs of a parser: chosen in CI so that the suite takes seconds; `npm run fuzz -- --runs N`. */
const RUNS = Number(process.env.FACEMORPH_FUZZ_RUNS ?? 0);
/** The same inputs in every run of CI. */
const SEED = Number(process.env.FACEMORPH_FUZZ_SEED ?? 20_261_125);
/** No input may take longer, in ms of the processor: on a busy machine the clock says nothing. */
const HANG_MS = 5000;
/** Nor so long by the clock, for those that wait for ever. */
const STALL_MS = 60_000;
/** A slow machine tries fewer inputs rather than holding up CI, in ms a parser. */
const CI_MS = 4000;

/** A function that takes what strangers hand in. */
export interface Target<T> {
  readonly name: string;
  readonly inputs: fc.Arbitrary<T>;
  /** Inputs tried first, whatever the number of runs: those that were crafted to do harm. */
  readonly always?: readonly T[];
  /** Inputs in CI. @defaultValue 500 */
  readonly runs?: number;
  /** The part of `--runs` that this slow target takes. @defaultValue 1 */
  readonly share?: number;
  /** In CI, at most for so long. @defaultValue 4000 */
  readonly milliseconds?: number;
  /** Highest memory of what parses, MB. @defaultValue that of this process */
  memory?(): Promise<number>;
  parse(input: T): unknown;
}

/** What became of a target's inputs. A crash ends the process: there is then no row. */
export interface Row {
  readonly target: string;
  readonly seed: number;
  tried: number;
  /** Inputs that were understood. */
  values: number;
  /** Inputs refused, by the code of the `FaceMorphError`. */
  readonly refused: Record<string, number>;
  hangs: number;
  rejections: number;
  /** Highest memory of the process up to then, MB. */
  memory: number;
}

/**
 * Hands a target its inputs. Each must end in a value or in a `FaceMorphError`, within
 * {@link HANG_MS}, leave `Object.prototype` alone and leave no rejection unhandled.
 * @throws what fast-check says of the smallest input that breaks the rule, with its seed.
 */
export async function fuzz<T>(target: Target<T>): Promise<Row> {
  const row: Row = {
    target: target.name,
    seed: SEED,
    tried: 0,
    values: 0,
    refused: {},
    hangs: 0,
    rejections: 0,
    memory: 0,
  };
  const onRejection = (): void => {
    row.rejections += 1;
  };
  process.on('unhandledRejection', onRejection);
  const watchdog = startWatchdog(target.name);
  const limit = RUNS > 0 ? Number.POSITIVE_INFINITY : (target.milliseconds ?? CI_MS);
  const end = performance.now() + limit;
  try {
    await fc.assert(
      fc.asyncProperty(target.inputs, async (input) => {
        if (performance.now() > end) return;
        watchdog.feed();
        const [start, used] = [performance.now(), process.cpuUsage()];
        await tryOne(target, input, row);
        const { user, system } = process.cpuUsage(used);
        if ((user + system) / 1000 > HANG_MS || performance.now() - start > STALL_MS) {
          row.hangs += 1;
          throw new Error(`The input took longer than ${HANG_MS} ms`);
        }
      }),
      {
        seed: SEED,
        numRuns: RUNS > 0 ? Math.ceil(RUNS * (target.share ?? 1)) : (target.runs ?? 500),
        examples: (target.always ?? []).map((input): [T] => [input]),
      },
    );
    // A rejection that nobody waits for is told of when the queues are empty.
    await new Promise((done) => setTimeout(done, 20));
  } finally {
    watchdog.stop();
    process.off('unhandledRejection', onRejection);
    row.memory = target.memory
      ? await target.memory()
      : Math.round(process.resourceUsage().maxRSS / 1024);
    report('parser', row);
  }
  if (row.rejections > 0) throw new Error(`${row.rejections} rejections were left unhandled`);
  return row;
}

async function tryOne<T>({ parse }: Target<T>, input: T, row: Row): Promise<void> {
  row.tried += 1;
  try {
    await parse(input);
    row.values += 1;
  } catch (error) {
    if (!(error instanceof FaceMorphError)) throw error;
    assertTold(error);
    row.refused[error.code] = (row.refused[error.code] ?? 0) + 1;
  }
  assertUnpolluted();
}

/** An error that a person can use: a message on which nothing technical leaked. */
function assertTold({ message }: FaceMorphError): void {
  if (message.length < 8 || /\[object |undefined is|is not a function/.test(message)) {
    throw new Error(`The error tells nothing: "${message}"`);
  }
}

function assertUnpolluted(): void {
  for (const prototype of [Object.prototype, Array.prototype, Function.prototype]) {
    const names = Object.keys(prototype);
    if (names.length > 0) throw new Error(`A prototype was polluted: ${names.join(', ')}`);
  }
}

/**
 * Ends this process, naming the target, when an input keeps the thread busy for too long: no
 * timer of the thread itself would ever fire.
 */
function startWatchdog(name: string): { feed(): void; stop(): void } {
  const beat = new Int32Array(new SharedArrayBuffer(4));
  const source = `
    const { workerData, parentPort } = require('node:worker_threads');
    const { beat, name, limit, pid } = workerData;
    let last = -1;
    let used = process.cpuUsage();
    setInterval(() => {
      const now = Atomics.load(beat, 0);
      const { user, system } = process.cpuUsage(used);
      if (now !== last) { last = now; used = process.cpuUsage(); }
      else if ((user + system) / 1000 > limit) {
        require('node:fs').writeSync(2, 'HANG: ' + name + ', input ' + now + '\\n');
        process.kill(pid, 'SIGKILL');
      }
    }, 250);`;
  const worker = new Worker(source, {
    eval: true,
    workerData: { beat, name, limit: 6 * HANG_MS, pid: process.pid },
  });
  worker.unref();
  return { feed: () => void Atomics.add(beat, 0, 1), stop: () => void worker.terminate() };
}

/** One line for `npm run fuzz` to put into its table. */
export function report(kind: 'parser' | 'fault', row: object): void {
  const file = process.env.FACEMORPH_FUZZ_REPORT;
  if (file) appendFileSync(file, `${JSON.stringify({ kind, ...row })}\n`);
}
