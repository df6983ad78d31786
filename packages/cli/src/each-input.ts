import { FaceMorphError } from '@facemorph/core';
import { describeFailure, type Failure, failureLine, isOfInput } from './failure.js';
import type { Job } from './output.js';

/** What became of one input of several. */
export type Outcome<T> = (Job & T) | { readonly input: string; readonly error: Failure };

/** What became of all inputs. */
export interface Outcomes<T> {
  readonly outcomes: readonly Outcome<T>[];
  readonly done: readonly (Job & T)[];
  /** A line for each input that failed. */
  readonly failures: readonly string[];
}

/** What can be wrong with one input and right with the next. */
const INPUT_CODES = /^(IMAGE_|NO_FACE$|LATENT_INVALID$|MODEL_MISMATCH$)/;

/**
 * Works on inputs one after the other. Of several, one that is bad does not keep the others from
 * being done; any other failure, or a bad input that is the only one, ends the work.
 */
export async function eachInput<T extends object>(
  jobs: readonly Job[],
  work: (job: Job) => Promise<T>,
): Promise<Outcomes<T>> {
  const outcomes: Outcome<T>[] = [];
  const done: (Job & T)[] = [];
  const failures: string[] = [];
  for (const job of jobs) {
    const { input } = job;
    try {
      const result = { ...job, ...(await work(job)) };
      outcomes.push(result);
      done.push(result);
    } catch (error) {
      const passing =
        error instanceof FaceMorphError && (INPUT_CODES.test(error.code) || isOfInput(error));
      if (jobs.length === 1 || !passing) throw error;
      const failure = describeFailure(error);
      outcomes.push({ input, error: failure });
      failures.push(failureLine(failure));
    }
  }
  return { outcomes, done, failures };
}
