import { ATTRIBUTE_GROUPS, type Attribute } from '@facemorph/core';
import { type Command, defineCommand } from '../command.js';
import { describeModel, modelArgs, withModel } from '../model.js';

/** `facemorph attributes list`: what can be changed. */
export const attributesList: Command = defineCommand({
  name: 'attributes list',
  description: 'List what can be changed in a face',
  args: {
    group: {
      type: 'enum',
      options: [...ATTRIBUTE_GROUPS],
      description: 'Only those of a group',
    },
    ...modelArgs,
  },
  arity: [0, 0],
  examples: ['attributes list', 'attributes list --group expression', 'attributes list --json'],
  async run(args, run) {
    return withModel(args, run, async (fm) => {
      const wanted = args.options.group;
      const groups = ATTRIBUTE_GROUPS.filter((group) => wanted === undefined || group === wanted)
        .map((group) => ({
          group,
          members: fm.attributes.attributes.filter((a) => a.group === group),
        }))
        .filter(({ members }) => members.length > 0);
      return {
        data: {
          ...describeModel(fm),
          attributes: groups.flatMap(({ members }) => members.map(summary)),
        },
        answer: groups
          .flatMap(({ group, members }) => [group, ...members.map(line), ''])
          .slice(0, -1),
      };
    });
  },
});

function summary({ name, label, group, range, related, evidence }: Attribute): object {
  return { name, label, group, range, related, evidence };
}

function line({ name, label, range }: Attribute): string {
  return `  ${name.padEnd(22)} ${label.padEnd(24)} ${range[0]} to ${range[1]}`;
}
