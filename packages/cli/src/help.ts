import { stripVTControlCharacters } from 'node:util';
import { type CommandDef, renderUsage } from 'citty';
import type { Command } from './command.js';
import { VERSION } from './version.js';

const DESCRIPTION = 'Edit, sample and morph faces on your own machine';

/** The help of one command, with its examples. */
export async function commandHelp(command: Command): Promise<string> {
  const usage = await renderUsage(definition(command), { meta: { name: 'facemorph' } });
  return `${usage}\n${examples(command.examples)}`;
}

/** The help of `facemorph` or of a group of commands. */
export async function overviewHelp(commands: readonly Command[], group = ''): Promise<string> {
  const prefix = group === '' ? '' : `${group} `;
  const subCommands = Object.fromEntries(
    commands.map((command) => [command.name.slice(prefix.length), definition(command)]),
  );
  const meta = { name: `facemorph ${group}`.trim(), version: VERSION, description: DESCRIPTION };
  const usage = await renderUsage({ meta, subCommands });
  return `${usage}\n\n${examples(commands.flatMap((command) => command.examples.slice(0, 1)))}`;
}

/** Prints help, in colour on a terminal only. */
export function printHelp(text: string, stream: NodeJS.WriteStream): void {
  stream.write(stream.isTTY ? `${text}\n` : `${stripVTControlCharacters(text)}\n`);
}

function definition({ name, description, args }: Command): CommandDef {
  return { meta: { name, description }, args };
}

function examples(lines: readonly string[]): string {
  return ['EXAMPLES', '', ...lines.map((line) => `  facemorph ${line}`)].join('\n');
}
