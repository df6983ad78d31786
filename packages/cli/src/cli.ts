import { suggestName } from '@facemorph/core';
import { readArguments } from './arguments.js';
import type { Command, Report } from './command.js';
import { commands } from './commands/index.js';
import { describeFailure, failureLine, UsageError } from './failure.js';
import { commandHelp, overviewHelp, printHelp } from './help.js';
import { createProgressBar, type ProgressBar } from './progress-bar.js';
import { Run } from './run.js';
import { VERSION } from './version.js';

/**
 * Runs a command line.
 * @returns the exit code: 0, 1 (input), 2 (usage) or 130 (Ctrl+C).
 */
export async function runCli(rawArgs: readonly string[]): Promise<number> {
  process.stdout.on('error', ignoreClosedPipe);
  try {
    const [first] = rawArgs;
    if (first === '--version' || first === '-v') {
      process.stdout.write(`${VERSION}\n`);
      return 0;
    }
    if (first === undefined || first === '--help' || first === '-h') {
      printHelp(await overviewHelp(commands), first ? process.stdout : process.stderr);
      return first ? 0 : 2;
    }
    return await dispatch(rawArgs);
  } catch (error) {
    return fail(error, rawArgs);
  }
}

async function dispatch(rawArgs: readonly string[]): Promise<number> {
  const [group = '', member = ''] = rawArgs;
  const command =
    commands.find(({ name }) => name === group) ??
    commands.find(({ name }) => name === `${group} ${member}`);
  if (command) {
    const rest = rawArgs.slice(command.name.split(' ').length);
    if (!rest.includes('--help') && !rest.includes('-h')) return await execute(command, rest);
    printHelp(await commandHelp(command), process.stdout);
    return 0;
  }
  const members = commands.filter(({ name }) => name.startsWith(`${group} `));
  if (members.length > 0 && (member === '--help' || member === '-h')) {
    printHelp(await overviewHelp(members, group), process.stdout);
    return 0;
  }
  throw unknownCommand(group, member, members);
}

function unknownCommand(group: string, member: string, members: readonly Command[]): UsageError {
  if (group.startsWith('-')) {
    return new UsageError(`Unknown option ${group}`, 'Options come after the command.');
  }
  const choices = members.map(({ name }) => name);
  if (choices.length > 0 && (member === '' || member.startsWith('-'))) {
    return new UsageError(`"${group}" needs one of its commands`, `Write ${choices.join(' or ')}.`);
  }
  const [typed, known] =
    choices.length > 0
      ? [`${group} ${member}`, choices]
      : [group, [...new Set(commands.map(({ name }) => name.replace(/ .*/, '')))]];
  const meant = suggestName(typed, known);
  const hint = meant ? `Did you mean "facemorph ${meant}"?` : `Commands: ${known.join(', ')}.`;
  return new UsageError(`Unknown command "${typed}"`, hint);
}

async function execute(command: Command, rawArgs: readonly string[]): Promise<number> {
  const controller = new AbortController();
  let bar: ProgressBar | undefined;
  const run = new Run(controller.signal, (progress) => bar?.update(progress));
  const stop = (): void => controller.abort();
  process.once('SIGINT', stop);
  try {
    const args = readArguments(rawArgs, command.args, command.arity);
    const { json, quiet, output } = args.options;
    if (json && output === '-') {
      throw new UsageError('--json and -o - both want stdout', 'Give a file with -o.');
    }
    bar = createProgressBar(process.stderr, !quiet && process.env.TERM !== 'dumb');
    const report = await command.run(args, run);
    bar.clear();
    if (json) printJson({ ...heading(command), ...report.data, ...book(run) });
    else if (report.answer) process.stdout.write(lines(report.answer));
    if (!quiet) process.stderr.write(lines(notesOf(report, run, Boolean(json))));
    process.stderr.write(lines(report.failures ?? []));
    return report.failures?.length ? 1 : 0;
  } catch (error) {
    bar?.clear();
    return fail(error, rawArgs, { ...heading(command), ...book(run) });
  } finally {
    process.off('SIGINT', stop);
  }
}

function heading({ name }: Command): Record<string, unknown> {
  return { command: name, version: VERSION };
}

function book(run: Run): Record<string, unknown> {
  return { timings: run.timings, warnings: run.warnings };
}

function notesOf(report: Report, { warnings }: Run, json: boolean): string[] {
  const notes = warnings.map(({ message, hint }) =>
    hint === undefined ? `warning: ${message}` : `warning: ${message}. ${hint}`,
  );
  return json ? notes : [...(report.notes ?? []), ...notes];
}

function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}

/** @param about - What `--json` says of the run, beside the error. */
function fail(
  error: unknown,
  rawArgs: readonly string[],
  about: object = { version: VERSION },
): number {
  const failure = describeFailure(error);
  if (asksForJson(rawArgs)) printJson({ ...about, error: failure });
  process.stderr.write(`${failureLine(failure)}\n`);
  if (rawArgs.includes('--debug')) console.error(error);
  return failure.exitCode;
}

/** Whether it is asked for, however wrong the other words may be. */
function asksForJson(rawArgs: readonly string[]): boolean {
  const end = rawArgs.indexOf('--');
  return rawArgs.slice(0, end < 0 ? undefined : end).includes('--json');
}

/** `facemorph attributes list | head -1` is no failure. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}
