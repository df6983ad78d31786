import { type Attribute, addScaled, type FaceMorph, findAttribute } from '@facemorph/core';
import { type Command, defineCommand } from '../command.js';
import { evidenceLines, evidenceOf } from '../evidence.js';
import { plotEvidence } from '../evidence-plot.js';
import { UsageError } from '../failure.js';
import { PIPE } from '../input.js';
import { describeModel, modelArgs, withModel } from '../model.js';
import { checkFile } from '../output.js';
import { claim, PICTURES, provenanceArgs, writePicture } from '../write.js';

/** `facemorph attributes show`: all that is known of one attribute. */
export const attributesShow: Command = defineCommand({
  name: 'attributes show',
  description: 'Show what is known of an attribute',
  args: {
    name: { type: 'positional', description: 'Such as smiling' },
    plot: {
      type: 'string',
      valueHint: 'file',
      description: 'Draw it as a picture too: faces from one end of the range to the other',
    },
    ...provenanceArgs,
    ...modelArgs,
  },
  arity: [1, 1],
  examples: [
    'attributes show smiling',
    'attributes show smiling --plot smiling.png',
    'attributes show beard --json',
  ],
  async run(args, run) {
    const { plot } = args.options;
    if (plot === PIPE) {
      throw new UsageError('--plot needs a file: stdout has the answer', 'Write --plot x.png.');
    }
    if (plot !== undefined) checkFile(plot, { extensions: [...PICTURES] });
    return withModel(args, run, async (fm) => {
      const attribute = findAttribute(fm.attributes, args.positionals[0] as string);
      const evidence = evidenceOf(fm.attributes, attribute);
      if (plot !== undefined) {
        const steps = await run.time('decode', () => stepsOf(fm, attribute));
        const title = `${attribute.label} (${attribute.name})`;
        const picture = await plotEvidence(title, steps, evidence);
        const options = { provenance: claim(args.options, 'generated') };
        await run.time('write', () => writePicture(plot, picture, options));
      }
      const { probe: _probe, direction: _direction, ...facts } = attribute;
      return {
        data: {
          ...describeModel(fm),
          attribute: facts,
          also: evidence.also,
          outputs: plot === undefined ? [] : [plot],
        },
        answer: [...describe(attribute), ...evidenceLines(evidence)],
        notes: plot === undefined ? [] : [`wrote ${plot}`],
      };
    });
  },
});

const STEPS = 7;

/** The average face, from one end of the range to the other. */
async function stepsOf(fm: FaceMorph, { direction, range }: Attribute) {
  const [low, high] = range;
  const strengths = Array.from({ length: STEPS }, (_, i) => low + ((high - low) * i) / (STEPS - 1));
  const { mean } = fm.attributes.latent;
  const faces = await fm.decodeAll(strengths.map((by) => addScaled(mean, direction, by)));
  return faces.map((face, i) => ({ face, strength: strengths[i] as number }));
}

function describe({ name, label, group, range, method, related }: Attribute): string[] {
  const facts: [string, string][] = [
    ['group', group],
    ['range', `${range[0]} to ${range[1]} standard deviations over faces`],
    ['fitted by', method],
    ['moves along', related.join(', ') || 'nothing'],
  ];
  return [`${name} (${label})`, ...facts.map(([what, text]) => `  ${what.padEnd(12)} ${text}`)];
}
