import type { LocatedFace } from '@facemorph/core';
import { type Command, defineCommand } from '../command.js';
import { eachInput } from '../each-input.js';
import { named, readPicture } from '../input.js';
import { describeModel, modelArgs, withModel } from '../model.js';

/** `facemorph locate`: where the faces are. */
export const locate: Command = defineCommand({
  name: 'locate',
  description: 'Find the faces in a photo',
  args: {
    input: { type: 'positional', description: 'Photo, or - for stdin; repeatable' },
    ...modelArgs,
  },
  arity: [1, Number.POSITIVE_INFINITY],
  examples: ['locate photo.jpg', 'locate photos/*.jpg --json'],
  async run(args, run) {
    const inputs = args.positionals;
    return withModel(args, run, async (fm) => {
      const jobs = inputs.map((input) => ({ input, output: '-' }));
      const { done, failures } = await eachInput(jobs, async ({ input }) => {
        const picture = await run.time('open', () => readPicture(input, run));
        const faces = await named(input, () =>
          run.time('locate', () => fm.locate(picture, run.task)),
        );
        return { faces: faces.map(rounded) };
      });
      return {
        data: {
          ...describeModel(fm),
          inputs,
          photos: done.map(({ input, faces }) => ({ input, faces })),
        },
        answer: done.flatMap(({ input, faces }) => describe(input, faces)),
        failures,
      };
    });
  },
});

/** One line for each face, numbered as `--face` takes it. */
function describe(input: string, faces: readonly LocatedFace[]): string[] {
  if (faces.length === 0) return [`${input}: no face`];
  return faces.map(({ box, confidence }, index) => {
    const { x, y, width } = box;
    return `${input}: face ${index + 1}, ${Math.round(width)} px at ${Math.round(x)},${Math.round(y)}, confidence ${confidence.toFixed(2)}`;
  });
}

/** To a tenth of a px. */
function rounded({ landmarks, confidence, box }: LocatedFace): LocatedFace {
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return {
    landmarks: landmarks.map((point) => point.map(tenth)) as unknown as LocatedFace['landmarks'],
    confidence: Math.round(confidence * 1000) / 1000,
    box: {
      x: tenth(box.x),
      y: tenth(box.y),
      width: tenth(box.width),
      height: tenth(box.height),
    },
  };
}
