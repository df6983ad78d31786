import { extname, join } from 'node:path';
import type { Face, Pixels, Provenance } from '@facemorph/core';
import { readNumber } from '../arguments.js';
import { type Command, defineCommand } from '../command.js';
import { UsageError } from '../failure.js';
import { encodeGif, type GifOptions } from '../gif.js';
import { inputArgs, openFace, PIPE, readFaceChoice } from '../input.js';
import { describeModel, modelArgs, withModel } from '../model.js';
import {
  checkFile,
  isFolder,
  makeFolder,
  outputArgs,
  refuseInputs,
  requireOutput,
} from '../output.js';
import type { Run } from '../run.js';
import { contactSheet } from '../sheet.js';
import { claim, PICTURES, provenanceArgs, writeBytes, writePicture } from '../write.js';

/** `facemorph morph`: the way from one face to another. */
export const morph: Command = defineCommand({
  name: 'morph',
  description: 'Turn one face into another: an animation, or a sheet of its frames',
  args: {
    from: { type: 'positional', description: 'Photo or latent file (.json)' },
    to: { type: 'positional', description: 'Photo or latent file (.json)' },
    frames: {
      type: 'string',
      alias: 'n',
      valueHint: 'number',
      description: 'Pictures, both ends included (default: 24)',
    },
    path: {
      type: 'enum',
      options: ['linear', 'spherical'],
      description: 'Straight, or on an arc around the average face (default: linear)',
    },
    fps: { type: 'string', valueHint: '1-50', description: 'Pictures a second (default: 12)' },
    bounce: {
      type: 'boolean',
      description: 'Play back to the start, so that the loop has no jump',
    },
    sheet: {
      type: 'string',
      valueHint: 'file',
      description: 'Write a sheet of the frames as well',
    },
    ...inputArgs,
    ...outputArgs,
    ...provenanceArgs,
    output: {
      ...outputArgs.output,
      description: 'An animation (.gif), a sheet (.png, .jpg, ...) or a folder for single frames',
    },
    ...modelArgs,
  },
  arity: [2, 2],
  examples: [
    'morph a.jpg b.jpg --frames 24 -o m.gif',
    'morph a.jpg b.jpg --bounce --path spherical -o m.gif --sheet m.png',
    'morph a.jpg b.jpg --frames 100 -o frames/',
  ],
  async run(args, run) {
    const { options, positionals: inputs } = args;
    const choice = readFaceChoice(args);
    if (inputs.every((input) => input === PIPE)) {
      throw new UsageError('Only one of the two faces can come from stdin');
    }
    const frames = readNumber(options.frames, 'frames', { least: 2, most: 4096, whole: true });
    const fps = readNumber(options.fps, 'fps', { least: 1, most: 50 }) ?? 12;
    const target = requireOutput(options.output);
    const named = options.sheet === undefined ? [target] : [target, options.sheet];
    if (!isFolder(target)) checkFile(target, { extensions: ['.gif', ...PICTURES] });
    if (options.sheet !== undefined) checkFile(options.sheet, { extensions: PICTURES });
    if (options.sheet === PIPE && (target === PIPE || options.json)) {
      throw new UsageError('Two results cannot both go to stdout', 'Give a file with --sheet.');
    }
    if (!options.force) refuseInputs(named, inputs);
    return withModel(args, run, async (fm) => {
      const faces = [];
      for (const input of inputs) {
        faces.push(await openFace(fm, input, choice, run));
      }
      const [from, to] = faces;
      const path = options.path as 'linear' | 'spherical' | undefined;
      const pictures = await run.time('morph', () =>
        fm.morph(from as Face, to as Face, { ...run.task, frames, path }),
      );
      const provenance = claim(options, 'generated');
      const outputs = await run.time('write', async () => [
        ...(await writeFrames(target, pictures, {
          fps,
          bounce: Boolean(options.bounce),
          provenance,
          run,
        })),
        ...(options.sheet === undefined
          ? []
          : await writeSheet(options.sheet, pictures, provenance)),
      ]);
      return {
        data: { ...describeModel(fm), inputs, outputs, frames: pictures.length, fps, path },
        notes: named.map((output) => `wrote ${output} (${pictures.length} frames)`),
      };
    });
  },
});

/** An animation, a sheet or single frames, by the name of the target. */
async function writeFrames(
  target: string,
  pictures: readonly Pixels[],
  { run, ...gif }: GifOptions & { readonly run: Run },
): Promise<string[]> {
  if (isFolder(target)) return writeSingly(target, pictures, gif.provenance, run);
  if (target !== PIPE && extname(target).toLowerCase() !== '.gif') {
    return writeSheet(target, pictures, gif.provenance);
  }
  await writeBytes(target, encodeGif(pictures, gif));
  return [target];
}

async function writeSheet(
  path: string,
  pictures: readonly Pixels[],
  provenance: Provenance | false,
): Promise<string[]> {
  await writePicture(path, contactSheet(pictures), { provenance });
  return [path];
}

async function writeSingly(
  folder: string,
  pictures: readonly Pixels[],
  provenance: Provenance | false,
  run: Run,
): Promise<string[]> {
  await makeFolder({ folder });
  const digits = String(pictures.length).length;
  const paths: string[] = [];
  for (const [index, picture] of pictures.entries()) {
    run.throwIfAborted();
    const path = join(folder, `frame-${String(index + 1).padStart(digits, '0')}.png`);
    await writePicture(path, picture, { provenance });
    paths.push(path);
  }
  return paths;
}
