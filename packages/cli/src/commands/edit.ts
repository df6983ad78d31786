import {
  type EditedFace,
  type EditOptions,
  type EncodeImageOptions,
  type Face,
  type FaceMorph,
  findAttribute,
} from '@facemorph/core';
import type { ArgsDef } from 'citty';
import { type Arguments, readNumber } from '../arguments.js';
import { type Command, defineCommand } from '../command.js';
import { eachInput } from '../each-input.js';
import { UsageError } from '../failure.js';
import { inputArgs, type OpenedInput, openFaces, readFaceChoice } from '../input.js';
import { writeLatent } from '../latent-file.js';
import { describeModel, modelArgs, withModel } from '../model.js';
import { makeFolder, outputArgs, planOutputs } from '../output.js';
import type { Run } from '../run.js';
import { readEdits, readNames } from '../strengths.js';
import { claim, PICTURES, provenanceArgs, writeJson, writePicture } from '../write.js';

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
  'all-faces': { type: 'boolean', description: 'Edit every face in the photo' },
  mode: {
    type: 'enum',
    options: ['detail', 'replace', 'face'],
    description:
      "Change the photo's own pixels (default), replace the face, or write the face alone, 128x128",
  },
  quality: { type: 'string', valueHint: '1-100', description: 'Of JPEG and WebP (default: 92)' },
  ...inputArgs,
  ...outputArgs,
  ...provenanceArgs,
  ...modelArgs,
} as const satisfies ArgsDef;

/** `facemorph edit`: photo in, photo out. */
export const edit: Command = defineCommand({
  name: 'edit',
  description: 'Change attributes of a face',
  args: editArgs,
  arity: [1, Number.POSITIVE_INFINITY],
  examples: [
    'edit face.jpg --set smiling=2 -o out.png',
    'edit face.jpg --set blond_hair=2,young=1 --keep male -o out.jpg',
    'edit face.jpg --to beard=1.5 -o out.webp',
    'edit faces/*.jpg --set eyeglasses=2 -o out/',
    'edit group.jpg --all-faces --set smiling=1.5 -o out.jpg',
    'edit - --set smiling=2 -o - < face.jpg > out.png',
  ],
  async run(args, run) {
    const request = readRequest(args);
    const { inputs, edits, keep, plan } = request;
    return withModel(args, run, async (fm) => {
      checkNames(fm, [...Object.keys(edits), ...keep]);
      const { outcomes, done, failures } = await eachInput(plan.jobs, async ({ input, output }) => {
        const opened = await openFaces(fm, input, request.choice, run);
        const edited = await run.time('edit', () => editAll(opened, request, run));
        await run.time('write', async () => {
          await makeFolder(plan);
          const last = edited.at(-1) as EditedFace;
          await write(output, last, fm, {
            ...request.encoding,
            provenance: claim(args.options, last.provenance),
          });
        });
        const { strengths, reached } = edited[0] as EditedFace;
        const before = (opened.faces[0] as Face).measure();
        return { strengths, reached: rounded(reached), before: rounded(before) };
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

/** Each face is pasted into the picture that the one before it gave. */
async function editAll(
  { faces, photo }: OpenedInput,
  { edits, keep, mode }: Pick<ReturnType<typeof readRequest>, 'edits' | 'keep' | 'mode'>,
  run: Run,
): Promise<EditedFace[]> {
  const edited: EditedFace[] = [];
  let onto = photo;
  for (const face of faces) {
    const next = await face.edit(edits, { ...run.task, keep, mode, onto });
    if (onto) onto = await next.pixels();
    edited.push(next);
  }
  return edited;
}

function readRequest(args: Arguments<typeof editArgs>) {
  const inputs = args.positionals;
  const edits = readEdits(args.all('set'), args.all('to'));
  const keep = readNames(args.all('keep'));
  if (Object.keys(edits).length === 0) {
    throw new UsageError('Nothing to change', 'Say what with --set, such as --set smiling=2.');
  }
  const everyone = Boolean(args.options['all-faces']);
  const mode = args.options.mode as EditOptions['mode'];
  if (everyone && (args.options.face ?? args.options.aligned)) {
    throw new UsageError('--all-faces says it already', 'Leave out --face and --aligned.');
  }
  if (everyone && (mode === 'face' || /\.json$/i.test(args.options.output ?? ''))) {
    throw new UsageError('--all-faces gives one photo', 'Leave out --mode face, name a picture.');
  }
  const choice = everyone ? ({ face: 'all' } as const) : readFaceChoice(args);
  const plan = planOutputs(inputs, args.options.output, {
    extensions: [...PICTURES, '.json'],
    force: Boolean(args.options.force),
    keepExtension: true,
  });
  const percent = readNumber(args.options.quality, 'quality', {
    least: 1,
    most: 100,
  });
  return {
    inputs,
    edits,
    keep,
    plan,
    choice,
    mode,
    encoding: percent === undefined ? {} : { quality: percent / 100 },
  };
}

/** Before any photo is opened: a wrong name is wrong for all of them. */
function checkNames(fm: FaceMorph, names: readonly string[]): void {
  for (const name of names) findAttribute(fm.attributes, name);
}

async function write(
  path: string,
  face: EditedFace,
  fm: FaceMorph,
  options: EncodeImageOptions,
): Promise<void> {
  if (/\.json$/i.test(path)) {
    await writeJson(path, writeLatent(face.latent, fm.manifest));
  } else await writePicture(path, await face.pixels(), options);
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
