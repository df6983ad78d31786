import { type Attribute, findAttribute } from '@facemorph/core';
import { type Command, defineCommand } from '../command.js';
import { describeModel, modelArgs, withModel } from '../model.js';

/** `facemorph attributes show`: all that is known of one attribute. */
export const attributesShow: Command = defineCommand({
  name: 'attributes show',
  description: 'Show what is known of an attribute',
  args: {
    name: { type: 'positional', description: 'Such as smiling' },
    ...modelArgs,
  },
  arity: [1, 1],
  examples: ['attributes show smiling', 'attributes show beard --json'],
  async run(args, run) {
    return withModel(args, run, async (fm) => {
      const attribute = findAttribute(fm.attributes, args.positionals[0] as string);
      const { probe: _probe, direction: _direction, ...facts } = attribute;
      return {
        data: { ...describeModel(fm), attribute: facts },
        answer: describe(attribute),
      };
    });
  },
});

function describe({ name, label, group, range, method, related, evidence }: Attribute): string[] {
  const facts: [string, string][] = [
    ['group', group],
    ['range', `${range[0]} to ${range[1]} standard deviations over faces`],
    ['fitted by', method],
    ['moves along', related.join(', ') || 'nothing'],
    ...shown('AUROC', evidence.auroc),
    ...shown('success', evidence.success),
    ...shown('identity', evidence.identity),
    ...Object.entries(evidence.also ?? {}).map(([other, shift]): [string, string] => [
      'also moves',
      `${other} by ${shift.toFixed(2)} for a strength of 1`,
    ]),
  ];
  return [`${name} (${label})`, ...facts.map(([what, text]) => `  ${what.padEnd(12)} ${text}`)];
}

function shown(what: string, value: number | undefined): [string, string][] {
  return value === undefined ? [] : [[what, value.toFixed(2)]];
}
