import { type Command, defineCommand } from '../command.js';
import { eachInput } from '../each-input.js';
import { openLatent } from '../input.js';
import { describeModel, modelArgs, withModel } from '../model.js';
import { makeFolder, outputArgs, planOutputs } from '../output.js';
import { claim, PICTURES, provenanceArgs, writePicture } from '../write.js';

/** `facemorph decode`: numbers as a face. */
export const decode: Command = defineCommand({
  name: 'decode',
  description: 'Draw the face of a latent file',
  args: {
    input: { type: 'positional', description: 'Latent file (.json) or - for stdin; repeatable' },
    ...outputArgs,
    ...provenanceArgs,
    ...modelArgs,
  },
  arity: [1, Number.POSITIVE_INFINITY],
  examples: ['decode face.json -o face.png', 'decode latents/*.json -o faces/'],
  async run(args, run) {
    const { options, positionals: inputs } = args;
    const plan = planOutputs(inputs, options.output, {
      extensions: PICTURES,
      force: Boolean(options.force),
    });
    return withModel(args, run, async (fm) => {
      const { outcomes, done, failures } = await eachInput(plan.jobs, async ({ input, output }) => {
        const face = await openLatent(fm, input, run);
        const pixels = await run.time('decode', () => face.render(run.task));
        await run.time('write', async () => {
          await makeFolder(plan);
          await writePicture(output, pixels, { provenance: claim(options, 'generated') });
        });
        return {};
      });
      const outputs = done.map(({ output }) => output);
      const data = { ...describeModel(fm), inputs, outputs, faces: outcomes };
      return { data, notes: outputs.map((output) => `wrote ${output}`), failures };
    });
  },
});
