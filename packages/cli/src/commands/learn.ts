import {
  type FaceMorph,
  FaceMorphError,
  type Latent,
  type LearnedAttribute,
  type LearnOptions,
  learnAttribute,
  writeAttributes,
} from '@facemorph/core';
import type { ArgsDef } from 'citty';
import type { Arguments } from '../arguments.js';
import { type Command, defineCommand } from '../command.js';
import { listPictures } from '../examples.js';
import { UsageError } from '../failure.js';
import { inputArgs, openFace } from '../input.js';
import { readLabelsFile } from '../labels-file.js';
import { describeModel, modelArgs, withModel } from '../model.js';
import { checkFile, outputArgs, requireOutput } from '../output.js';
import type { Run } from '../run.js';
import { writeJson } from '../write.js';

const learnArgs = {
  with: { type: 'string', valueHint: 'dir', description: 'Folder of faces that have it' },
  without: { type: 'string', valueHint: 'dir', description: 'Folder of faces that do not' },
  labels: {
    type: 'string',
    valueHint: 'file',
    description: 'In place of the two: a table (.csv), a picture and a number on each line',
  },
  column: {
    type: 'string',
    valueHint: 'name',
    description: 'Of the table, with the numbers, by its heading (default: the second)',
  },
  folder: {
    type: 'positional',
    required: false,
    valueHint: 'dir',
    description: 'Where the pictures of the table are (default: beside it)',
  },
  name: {
    type: 'string',
    valueHint: 'name',
    description: 'Of the attribute: a-z, 0-9, _ (default: by the output file)',
  },
  label: {
    type: 'string',
    valueHint: 'text',
    description: 'As people read it (default: the name)',
  },
  aligned: inputArgs.aligned,
  output: { ...outputArgs.output, description: 'Attribute file (.json)' },
  ...modelArgs,
} as const satisfies ArgsDef;

/** `facemorph learn`: a slider of one's own, from examples. */
export const learn: Command = defineCommand({
  name: 'learn',
  description: 'Learn an attribute from faces with and without it',
  args: learnArgs,
  arity: [0, 1],
  examples: [
    'learn --with freckles/ --without others/ -o freckles.json',
    'learn --labels ages.csv --column age photos/ --label Age -o age.json',
    'edit face.jpg --attributes freckles.json --set freckles=2 -o out.png',
  ],
  async run(args, run) {
    const request = await readRequest(args);
    return withModel(args, run, async (fm) => {
      const { examples, files, skipped } = await encodeAll(
        fm,
        request,
        Boolean(args.options.aligned),
        run,
      );
      const { name, label, output } = request;
      const learned = await run.time('learn', () =>
        namingFiles(files, () =>
          learnAttribute(fm.attributes, { name, label, ...examples } as LearnOptions),
        ),
      );
      for (const { code, message, hint } of learned.warnings) run.warn(code, `${message}. ${hint}`);
      await run.time('write', () => writeJson(output, writeAttributes(learned.set)));
      const { auroc, correlation, chance, faces, attribute } = learned;
      const { probe: _probe, direction: _direction, ...facts } = attribute;
      return {
        data: {
          ...describeModel(fm),
          outputs: [output],
          attribute: facts,
          ...(correlation === undefined ? { auroc } : { correlation }),
          chance,
          faces,
          skipped,
        },
        answer: describe(learned),
        notes: [`wrote ${output}`],
      };
    });
  },
});

interface Request {
  readonly name: string;
  readonly label: string | undefined;
  readonly output: string;
  /** By side, or one list with numbers. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly values: readonly number[] | undefined;
}

async function readRequest({
  options,
  positionals: [folder],
}: Arguments<typeof learnArgs>): Promise<Request> {
  const output = requireOutput(options.output);
  if (output === '-') throw new UsageError('learn writes a file', 'Name one: -o mine.json.');
  checkFile(output, { extensions: ['.json'] });
  const stem = (output.split(/[/\\]/).at(-1) ?? '').replace(/\.json$/i, '');
  const name = options.name ?? stem.toLowerCase().replace(/[\s-]+/g, '_');
  if (!/^[a-z0-9_]{1,64}$/.test(name)) {
    throw new UsageError(
      `"${name}" cannot be the name of an attribute`,
      'Give --name of a-z, 0-9, _.',
    );
  }
  const request = { name, label: options.label, output };
  if (options.labels !== undefined) {
    if (options.with !== undefined || options.without !== undefined) {
      throw new UsageError('--labels takes the place of --with and --without', 'Leave some out.');
    }
    const { column } = options;
    const { pictures, values } = await readLabelsFile(options.labels, { column, folder });
    return { ...request, lists: { latents: pictures }, values };
  }
  if (folder !== undefined || options.column !== undefined) {
    throw new UsageError('A folder and --column belong to a table', 'Give --labels FILE too.');
  }
  if (options.with === undefined || options.without === undefined) {
    throw new UsageError(
      'Faces of both kinds are needed',
      'Give --with DIR and --without DIR, or --labels FILE.',
    );
  }
  const lists = {
    with: await listPictures(options.with),
    without: await listPictures(options.without),
  };
  return { ...request, lists, values: undefined };
}

/** Pictures without a face are passed over, with a warning. */
async function encodeAll(
  fm: FaceMorph,
  { lists, values }: Request,
  aligned: boolean,
  run: Run,
): Promise<{ examples: object; files: Record<string, string[]>; skipped: string[] }> {
  const skipped: string[] = [];
  const kept: number[] = [];
  const examples: Record<string, Latent[]> = {};
  const files: Record<string, string[]> = {};
  for (const [side, pictures] of Object.entries(lists)) {
    examples[side] = [];
    files[side] = [];
    for (const [index, picture] of pictures.entries()) {
      try {
        examples[side].push((await openFace(fm, picture, { aligned }, run)).latent);
        files[side].push(picture);
        kept.push(index);
      } catch (error) {
        if (!(error instanceof FaceMorphError) || !/^(NO_FACE|IMAGE_)/.test(error.code))
          throw error;
        skipped.push(picture);
        run.warn(error.code, `left out: ${error.message}`);
      }
    }
  }
  return {
    examples: values ? { ...examples, values: kept.map((i) => values[i]) } : examples,
    files,
    skipped,
  };
}

/** What the library says of `with[3]`, the command says of its file. */
function namingFiles<T>(files: Readonly<Record<string, readonly string[]>>, learn: () => T): T {
  try {
    return learn();
  } catch (error) {
    if (!(error instanceof FaceMorphError)) throw error;
    const { code, hint, details } = error;
    const message = error.message.replace(
      /\b(with|without|latents)\[(\d+)\]/g,
      (place, side, index) => files[side]?.[Number(index)] ?? place,
    );
    throw new FaceMorphError(code, message, { hint, details, cause: error });
  }
}

function describe({ attribute, auroc, correlation, chance, faces }: LearnedAttribute): string[] {
  const { name, label, range, related, evidence } = attribute;
  const shuffled = `shuffled labels do as well in ${Math.round(100 * chance)} % of trials`;
  const also = Object.entries(evidence.also ?? {}).map(([other, by]) => `${other} ${by}`);
  return [
    `${name} (${label}), learned from ${faces} faces`,
    correlation === undefined
      ? `  held-out AUROC  ${auroc.toFixed(2)} (0.5 is chance; ${shuffled})`
      : `  correlation     ${correlation.toFixed(2)} (on held-out faces, 0 is chance; ${shuffled})`,
    `  range           ${range[0]} to ${range[1]}`,
    `  moves along     ${related.join(', ') || 'nothing'}`,
    `  also changes    ${also.join(', ') || 'nothing much'}`,
  ];
}
