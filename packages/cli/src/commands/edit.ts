import { type EditedFace, type FaceMorph, findAttribute } from '@facemorph/core';
import { type Arguments, readNumber } from '../arguments.js';
import { type Command, defineCommand } from '../command.js';
import { eachInput } from '../each-input.js';
import { UsageError } from '../failure.js';
import { inputArgs, openFace } from '../input.js';
import { writeLatent } from '../latent-file.js';
import { describeModel, modelArgs, withModel } from '../model.js';
import { makeFolder, outputArgs, planOutputs } from '../output.js';
import { readEdits, readNames } from '../strengths.js';
import { PICTURES, writeJson, writePicture } from '../write.js';

const editArgs = {
  input: {
    type: 'positional',
    description: 'Photo, latent file (.json) or - for stdin; repeatable',
  },
  set: {
    type: 'string',
    alias: 's',
    valueHint: 'name=number',
    description: 'Change an attribute, in standard deviations over faces; repeatable',
  },
  to: {
    type: 'string',
    valueHint: 'name=number',
    description: 'Move an attribute to a place (0 is the average face); repeatable',
  },
  keep: {
    type: 'string',
    alias: 'k',
    valueHint: 'name',
    description: 'Hold an attribute where it is; repeatable',
  },
  quality: { type: 'string', valueHint: '1-100', description: 'Of JPEG and WebP (default: 92)' },
  ...inputArgs,
  ...outputArgs,
  ...modelArgs,
} as const;

/** `facemorph edit`: photo in, photo out. */
export const edit: Command = defineCommand({
  name: 'edit',
  description: 'Change attributes of a face',
  args: editArgs,
  arity: [1, Number.POSITIVE_INFINITY],
  examples: [
    'edit face.jpg --aligned --set smiling=2 -o out.png',
    'edit face.jpg --aligned --set blond_hair=2,young=1 --keep male -o out.jpg',
    'edit face.jpg --aligned --to beard=1.5 -o out.webp',
    'edit faces/*.jpg --aligned --set eyeglasses=2 -o out/',
    'edit - --aligned --set smiling=2 -o - < face.jpg > out.png',
  ],
  async run(args, run) {
    const request = readRequest(args);
    const { inputs, edits, keep, plan } = request;
    return withModel(args, run, async (fm) => {
      checkNames(fm, [...Object.keys(edits), ...keep]);
      const { outcomes, done, failures } = await eachInput(plan.jobs, async ({ input, output }) => {
        const face = await openFace(fm, input, Boolean(args.options.aligned), run);
        const edited = await run.time('edit', () => face.edit(edits, { ...run.task, keep }));
        await run.time('write', async () => {
          await makeFolder(plan);
          await write(output, edited, fm, request.quality);
        });
        const { strengths, reached } = edited;
        return { strengths, reached: rounded(reached), before: rounded(face.measure()) };
      });
      for (const { input, strengths, reached } of done) {
        for (const name of missed(strengths, reached)) {
          run.warn('NOT_REACHED', `${input}: ${name} moved by ${reached[name]} only`);
        }
      }
      const data = {
        ...describeModel(fm),
        inputs,
        outputs: done.map(({ output }) => output),
        strengths: done[0]?.strengths ?? edits,
        keep,
        faces: outcomes,
      };
      return { data, notes: done.map(({ output }) => `wrote ${output}`), failures };
    });
  },
});

function readRequest(args: Arguments<typeof editArgs>) {
  const inputs = args.positionals;
  const edits = readEdits(args.all('set'), args.all('to'));
  const keep = readNames(args.all('keep'));
  if (Object.keys(edits).length === 0) {
    throw new UsageError('Nothing to change', 'Say what with --set, such as --set smiling=2.');
  }
  const plan = planOutputs(inputs, args.options.output, {
    extensions: [...PICTURES, '.json'],
    force: Boolean(args.options.force),
    keepExtension: true,
  });
  const percent = readNumber(args.options.quality, 'quality', {
    least: 1,
    most: 100,
  });
  return { inputs, edits, keep, plan, quality: percent === undefined ? undefined : percent / 100 };
}

/** Before any photo is opened: a wrong name is wrong for all of them. */
function checkNames(fm: FaceMorph, names: readonly string[]): void {
  for (const name of names) findAttribute(fm.attributes, name);
}

async function write(
  path: string,
  face: EditedFace,
  fm: FaceMorph,
  quality?: number,
): Promise<void> {
  if (/\.json$/i.test(path)) {
    await writeJson(path, writeLatent(face.latent, fm.manifest));
  } else await writePicture(path, await face.pixels(), quality);
}

/** Edited attributes that fell short by more than a tenth. */
function missed(
  strengths: Readonly<Record<string, number>>,
  reached: Readonly<Record<string, number>>,
): string[] {
  return Object.keys(strengths).filter((name) => {
    const wanted = strengths[name] ?? 0;
    return Math.abs((reached[name] ?? 0) - wanted) > 0.1 * Math.abs(wanted) + 0.01;
  });
}

function rounded(scores: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(scores).map(([name, score]) => [name, Math.round(score * 1000) / 1000]),
  );
}
