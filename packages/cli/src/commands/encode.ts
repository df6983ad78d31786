import { type Command, defineCommand } from '../command.js';
import { eachInput } from '../each-input.js';
import { inputArgs, openFace, PIPE, readFaceChoice } from '../input.js';
import { writeLatent } from '../latent-file.js';
import { describeModel, modelArgs, withModel } from '../model.js';
import { makeFolder, outputArgs, planOutputs } from '../output.js';
import { writeJson } from '../write.js';

/** `facemorph encode`: a face as numbers. */
export const encode: Command = defineCommand({
  name: 'encode',
  description: 'Turn a face into its latent: the numbers that the model knows it by',
  args: {
    input: { type: 'positional', description: 'Photo or - for stdin; repeatable' },
    ...inputArgs,
    ...outputArgs,
    output: {
      ...outputArgs.output,
      description: 'Latent file (.json), folder for several, - for stdout (default: -)',
    },
    ...modelArgs,
  },
  arity: [1, Number.POSITIVE_INFINITY],
  examples: [
    'encode face.jpg -o face.json',
    'encode faces/*.jpg -o latents/',
    'encode face.jpg | facemorph decode - -o again.png',
  ],
  async run(args, run) {
    const { options, positionals: inputs } = args;
    const choice = readFaceChoice(args);
    const inline = (options.output ?? PIPE) === PIPE && inputs.length === 1;
    const plan = inline
      ? { jobs: inputs.map((input) => ({ input, output: PIPE })) }
      : planOutputs(inputs, options.output, {
          extensions: ['.json'],
          force: Boolean(options.force),
        });
    return withModel(args, run, async (fm) => {
      const { outcomes, done, failures } = await eachInput(plan.jobs, async ({ input, output }) => {
        const face = await openFace(fm, input, choice, run);
        const latent = writeLatent(face.latent, fm.manifest);
        if (!inline) {
          await run.time('write', async () => {
            await makeFolder(plan);
            await writeJson(output, latent);
          });
        }
        return { latent };
      });
      const outputs = inline ? [] : done.map(({ output }) => output);
      const data = { ...describeModel(fm), inputs, outputs, faces: outcomes };
      if (inline)
        return { data, answer: done.map(({ latent }) => JSON.stringify(latent, null, 2)) };
      return { data, notes: done.map(({ output }) => `wrote ${output}`), failures };
    });
  },
});
