import { join } from 'node:path';
import { readNumber } from '../arguments.js';
import { type Command, defineCommand } from '../command.js';
import { describeModel, modelArgs, withModel } from '../model.js';
import { checkFile, isFolder, makeFolder, outputArgs, requireOutput } from '../output.js';
import { contactSheet } from '../sheet.js';
import { claim, PICTURES, provenanceArgs, writePicture } from '../write.js';

const { output } = outputArgs;

/** `facemorph sample`: faces that nobody has. */
export const sample: Command = defineCommand({
  name: 'sample',
  description: 'Make up faces of people who do not exist',
  args: {
    count: { type: 'string', alias: 'n', valueHint: 'number', description: 'Faces (default: 16)' },
    seed: {
      type: 'string',
      valueHint: 'number',
      description: 'The same seed gives the same faces (default: a new one each time)',
    },
    truncation: {
      type: 'string',
      valueHint: '0-2',
      description: '0 is the average face, 1 the full variety (default: 0.8)',
    },
    output: {
      ...output,
      description: 'A sheet (.png, .jpg, .webp, .avif), or a folder for single faces',
    },
    ...provenanceArgs,
    ...modelArgs,
  },
  arity: [0, 0],
  examples: [
    'sample --count 16 --seed 7 -o faces.png',
    'sample --count 100 --truncation 1 -o faces/',
  ],
  async run(args, run) {
    const limits = { least: 1, most: 4096, whole: true };
    const count = readNumber(args.options.count, 'count', limits) ?? 16;
    const seed =
      readNumber(args.options.seed, 'seed', {
        least: 0,
        most: Number.MAX_SAFE_INTEGER,
        whole: true,
      }) ?? Math.floor(Math.random() * 1e6);
    const truncation = readNumber(args.options.truncation, 'truncation', { least: 0, most: 2 });
    const target = requireOutput(args.options.output);
    const single = isFolder(target);
    if (!single) checkFile(target, { extensions: PICTURES });
    return withModel(args, run, async (fm) => {
      const faces = await fm.sample({ ...run.task, count, seed, truncation });
      const latents = faces.map(({ latent }) => latent);
      const pictures = await run.time('decode', () => fm.decodeAll(latents, run.task));
      const digits = String(count).length;
      const outputs = single
        ? pictures.map((_, i) => join(target, `face-${String(i + 1).padStart(digits, '0')}.png`))
        : [target];
      await run.time('write', async () => {
        if (single) await makeFolder({ folder: target });
        const written = single ? pictures : [contactSheet(pictures)];
        for (const [index, picture] of written.entries()) {
          run.throwIfAborted();
          await writePicture(outputs[index] as string, picture, {
            provenance: claim(args.options, 'generated'),
          });
        }
      });
      return {
        data: { ...describeModel(fm), inputs: [], outputs, count, seed, truncation },
        notes: [`wrote ${single ? `${count} faces to ` : ''}${target} (seed ${seed})`],
      };
    });
  },
});
