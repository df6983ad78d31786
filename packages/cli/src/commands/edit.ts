import {
  type EditedFace,
  type EditMode,
  type EncodeImageOptions,
  editsOf,
  type Face,
  type FaceMorph,
  FaceMorphError,
  findAttribute,
  parseRecipe,
  type Recipe,
  writeRecipe,
} from '@facemorph/core';
import type { ArgsDef } from 'citty';
import { type Arguments, readNumber } from '../arguments.js';
import { type Command, defineCommand } from '../command.js';
import { eachInput } from '../each-input.js';
import { UsageError } from '../failure.js';
import { inputArgs, named, type OpenedInput, openFaces, readFaceChoice } from '../input.js';
import { writeLatent } from '../latent-file.js';
import { describeModel, modelArgs, withModel } from '../model.js';
import { makeFolder, outputArgs, planOutputs } from '../output.js';
import { assertSamePhoto, placeOf, planRecipe, readRecipe, recipeArgs } from '../recipe-file.js';
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
  ...recipeArgs,
  'all-faces': { type: 'boolean', description: 'Edit every face in the photo' },
  mode: {
    type: 'enum',
    options: ['detail', 'replace', 'face'],
    description:
      "Change the photo's own pixels (default), replace the face, or write the face alone, 128x128",
  },
  quality: { type: 'string', valueHint: '1-100', description: 'Of all but PNG (default: 92)' },
  'keep-metadata': {
    type: 'boolean',
    description: 'Keep camera, dates and author in Exif, never place and serial numbers',
  },
  'keep-profile': {
    type: 'boolean',
    description: "Stay in the photo's own colour space, such as Display P3 (default: sRGB)",
  },
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
    'edit face.jpg --set smiling=2 --save-recipe smile.json -o out.png',
    'edit faces/*.jpg --recipe smile.json -o out/',
  ],
  async run(args, run) {
    const request = await readRequest(args);
    const { inputs, plan } = request;
    return withModel(args, run, async (fm) => {
      const recipe = recipeOf(request, fm);
      const { outcomes, done, failures } = await eachInput(plan.jobs, async ({ input, output }) => {
        const opened = await openFaces(fm, input, request.choice, run);
        if (request.samePhoto) assertSamePhoto(input, opened.photo, recipe);
        const edited = await run.time('edit', () =>
          ofFace(input, () => editAll(fm, opened, recipe, run)),
        );
        await run.time('write', async () => {
          await makeFolder(plan);
          const last = edited.at(-1) as EditedFace;
          await write(output, last, fm, {
            ...request.encoding,
            provenance: claim(args.options, last.provenance),
          });
          if (request.saveTo) await writeJson(request.saveTo, last.recipe());
        });
        const { strengths, reached } = edited[0] as EditedFace;
        const before = (opened.faces[0] as Face).measure();
        const recipes = edited.map((face) => face.recipe());
        const quality = opened.faces.map((face) => face.quality ?? null);
        return { strengths, reached: rounded(reached), before: rounded(before), quality, recipes };
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
        strengths: done[0]?.strengths ?? editsOf(recipe),
        keep: recipe.keep,
        faces: outcomes,
      };
      const written = [...done.map(({ output }) => output), ...[request.saveTo ?? []].flat()];
      return { data, notes: written.map((path) => `wrote ${path}`), failures };
    });
  },
});

/** The edit as data, its names checked: a wrong one is wrong for all photos. */
function recipeOf({ given, edits, keep, mode }: Request, fm: FaceMorph): Recipe {
  const { model } = fm.attributes;
  const recipe = given
    ? parseRecipe({ ...given, mode: mode ?? given.mode }, model)
    : writeRecipe({ model, edits, keep, mode });
  for (const step of [...(recipe.earlier ?? []), recipe]) {
    const names = [...step.edits.map(({ name }) => name), ...step.keep];
    for (const name of names) findAttribute(fm.attributes, name);
  }
  return recipe;
}

/** Each face is pasted into the picture that the one before it gave. */
async function editAll(
  fm: FaceMorph,
  { faces, photo }: OpenedInput,
  recipe: Recipe,
  run: Run,
): Promise<EditedFace[]> {
  const edited: EditedFace[] = [];
  let onto = photo;
  for (const face of faces) {
    const next = await fm.replay(recipe, face, { ...run.task, onto });
    if (onto) onto = await next.pixels();
    edited.push(next);
  }
  return edited;
}

/** To a place that is out of reach for this face, another may move: a failure of the input. */
async function ofFace<T>(input: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { name } = error instanceof FaceMorphError ? error.details : {};
    if (!String(name).startsWith('the change of ')) throw error;
    return named(input, () => Promise.reject(error));
  }
}

type Request = Awaited<ReturnType<typeof readRequest>>;

async function readRequest(args: Arguments<typeof editArgs>) {
  const inputs = args.positionals;
  const edits = readEdits(args.all('set'), args.all('to'));
  const keep = readNames(args.all('keep'));
  const mode = args.options.mode as EditMode | undefined;
  const everyone = Boolean(args.options['all-faces']);
  const force = Boolean(args.options.force);
  const samePhoto = Boolean(args.options['same-photo']);
  checkOptions(args, { edits, keep, everyone });
  const plan = planOutputs(inputs, args.options.output, {
    extensions: [...PICTURES, '.json'],
    force,
    keepExtension: true,
  });
  const saveTo = planRecipe(args, { several: everyone || inputs.length > 1, force });
  const percent = readNumber(args.options.quality, 'quality', { least: 1, most: 100 });
  const choice = everyone ? ({ face: 'all' } as const) : readFaceChoice(args);
  const given = await readRecipe(args);
  if (everyone && (mode ?? given?.mode) === 'face') {
    throw new UsageError('--all-faces gives one photo', 'Leave out --mode face.');
  }
  return {
    inputs,
    given,
    edits,
    keep,
    mode,
    plan,
    saveTo,
    samePhoto,
    choice: given && samePhoto ? placeOf(given) : choice,
    encoding: {
      ...(percent === undefined ? {} : { quality: percent / 100 }),
      metadata: args.options['keep-metadata'] ? 'keep' : 'strip',
      colorProfile: args.options['keep-profile'] ? 'keep' : 'srgb',
    } as const,
  };
}

/** Refuses options that contradict each other. */
function checkOptions(
  { options }: Arguments<typeof editArgs>,
  { edits, keep, everyone }: { edits: object; keep: readonly string[]; everyone: boolean },
): void {
  const changes = Object.keys(edits).length > 0;
  if (options.recipe !== undefined && (changes || keep.length > 0)) {
    throw new UsageError('The recipe says what to change', 'Leave out --set, --to and --keep.');
  }
  const both = keep.find((name) => Object.hasOwn(edits, name));
  if (both !== undefined) {
    throw new UsageError(`"${both}" is edited and kept`, 'Leave it out of --keep, or of --set.');
  }
  if (options.recipe === undefined && !changes) {
    throw new UsageError('Nothing to change', 'Say what with --set, such as --set smiling=2.');
  }
  const where = options.face ?? options.aligned;
  if (everyone && where) {
    throw new UsageError('--all-faces says it already', 'Leave out --face and --aligned.');
  }
  if (options['same-photo'] && (where || everyone)) {
    throw new UsageError('--same-photo says which face', 'Leave out the other option.');
  }
  if (everyone && /\.json$/i.test(options.output ?? '')) {
    throw new UsageError('--all-faces gives one photo', 'Name a picture.');
  }
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
