import { existsSync, realpathSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve, sep } from 'node:path';
import type { ArgsDef } from 'citty';
import { UsageError } from './failure.js';
import { PIPE } from './input.js';

/** Options of every command that writes. */
export const outputArgs = {
  output: {
    type: 'string',
    alias: 'o',
    valueHint: 'file',
    description: 'Where the result goes; - for stdout, a folder for several',
  },
  force: { type: 'boolean', description: 'Allow the output to replace an input' },
} as const satisfies ArgsDef;

/** An input and where its result goes. */
export interface Job {
  readonly input: string;
  readonly output: string;
}

/** Where results go. */
export interface OutputPlan {
  /** One for each input, in order. */
  readonly jobs: readonly Job[];
  /** Made before the first result is written, when there is none yet. */
  readonly folder?: string;
}

/** What an output may be. */
export interface OutputRules {
  /** Extensions that can be written, with the dot; the first is the one for stdout. */
  readonly extensions: readonly string[];
  readonly force: boolean;
  /** Results keep the extension of their input in a folder, where it can be written. */
  readonly keepExtension?: boolean;
}

/**
 * Decides where the result of each input goes, and refuses before any work is done.
 * @throws {UsageError}
 */
export function planOutputs(
  inputs: readonly string[],
  output: string | undefined,
  rules: OutputRules,
): OutputPlan {
  const target = requireOutput(output);
  if (inputs.length > 1 || isFolder(target)) return planFolder(inputs, target, rules);
  checkFile(target, rules);
  if (!rules.force) refuseInputs([target], inputs);
  return { jobs: inputs.map((input) => ({ input, output: target })) };
}

function planFolder(inputs: readonly string[], folder: string, rules: OutputRules): OutputPlan {
  if (
    folder === PIPE ||
    (existsSync(folder) && !isFolder(folder)) ||
    looksLikeFile(folder, rules)
  ) {
    throw new UsageError(
      `Several inputs cannot all go to ${folder}`,
      'Give a folder with -o, such as -o out/.',
    );
  }
  const [first = ''] = rules.extensions;
  const jobs = inputs.map((input) => {
    const extension = extname(input).toLowerCase();
    const keep =
      rules.keepExtension && rules.extensions.includes(extension) && extension !== '.json';
    const stem = input === PIPE ? 'stdin' : basename(input, extname(input));
    return { input, output: join(folder, stem + (keep ? extension : first)) };
  });
  const paths = jobs.map(({ output }) => output);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice) {
    throw new UsageError(`Two inputs would both go to ${twice}`, 'Run them one at a time.');
  }
  if (!rules.force) refuseInputs(paths, inputs);
  return { jobs, folder };
}

/**
 * A file that is to be written.
 * @throws {UsageError} for an extension that the command cannot write, a folder that is not there.
 */
export function checkFile(path: string, { extensions }: Pick<OutputRules, 'extensions'>): void {
  if (path === PIPE) {
    if (!process.stdout.isTTY) return;
    throw new UsageError('Refusing to write a file to the terminal', 'Pipe it, or give -o FILE.');
  }
  if (!extensions.includes(extname(path).toLowerCase())) {
    throw new UsageError(
      `Cannot write ${path}`,
      `Use a name that ends in ${extensions.join(', ')}.`,
    );
  }
  if (isFolder(dirname(resolve(path)))) return;
  throw new UsageError(`There is no folder ${dirname(path)}`, 'Make it first.');
}

/** @throws {UsageError} when there is none */
export function requireOutput(output: string | undefined): string {
  if (output !== undefined) return output;
  throw new UsageError('Missing --output', 'Say where the result goes: -o out.png.');
}

/** An existing folder, or what is written like one. */
export function isFolder(path: string): boolean {
  return /[/\\]$/.test(path) || (existsSync(path) && statSync(path).isDirectory());
}

/** Makes the folder of a plan. */
export async function makeFolder({ folder }: Pick<OutputPlan, 'folder'>): Promise<void> {
  if (folder !== undefined) await mkdir(folder, { recursive: true });
}

/** @throws {UsageError} when an output is an input */
export function refuseInputs(outputs: readonly string[], inputs: readonly string[]): void {
  const sources = new Set(inputs.filter((input) => input !== PIPE).map(identity));
  const same = outputs.find((output) => output !== PIPE && sources.has(identity(output)));
  if (same === undefined) return;
  throw new UsageError(
    `${same} is an input and would be overwritten`,
    'Choose another output, or add --force.',
  );
}

function identity(path: string): string {
  return existsSync(path) ? realpathSync(path) : resolve(path);
}

/** `out.png` can only be meant as a file; `out` and `out.d` can be folders. */
function looksLikeFile(path: string, { extensions }: OutputRules): boolean {
  return !path.endsWith(sep) && !isFolder(path) && extensions.includes(extname(path).toLowerCase());
}
