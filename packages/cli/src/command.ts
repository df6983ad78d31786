import type { ArgsDef } from 'citty';
import type { Arguments, Arity } from './arguments.js';
import type { Run } from './run.js';

/** One command of the command line. */
export interface Command<T extends ArgsDef = ArgsDef> {
  /** As it is typed after `facemorph`. */
  readonly name: string;
  readonly description: string;
  readonly args: T;
  readonly arity: Arity;
  /** What follows `facemorph ` in the examples of `--help`. */
  readonly examples: readonly string[];
  run(args: Arguments<T>, run: Run): Promise<Report>;
}

/** What a command has done. */
export interface Report {
  /** Printed by `--json`, beside command, versions, timings and warnings. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The answer itself, for stdout (a list, a check-up). */
  readonly answer?: readonly string[];
  /** What was done, for stderr (files that were written). */
  readonly notes?: readonly string[];
  /** Lines for stderr on inputs that failed while others did not: exit code 1. */
  readonly failures?: readonly string[];
}

/** Options of every command. */
export const generalArgs = {
  json: { type: 'boolean', description: 'Print one JSON object on stdout' },
  quiet: { type: 'boolean', alias: 'q', description: 'Say nothing but errors' },
  debug: { type: 'boolean', description: 'Show the stack trace of an error' },
  help: { type: 'boolean', alias: 'h', description: 'Show this help' },
} as const satisfies ArgsDef;

/** Checks a command's types and adds the options that all commands have. */
export function defineCommand<const T extends ArgsDef>(command: Command<T>): Command {
  return { ...command, args: { ...command.args, ...generalArgs } } as unknown as Command;
}
