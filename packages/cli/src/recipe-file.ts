import { readFile } from 'node:fs/promises';
import { FaceMorphError, type Pixels, parseRecipe, type Recipe } from '@facemorph/core';
import type { ArgsDef } from 'citty';
import type { Arguments } from './arguments.js';
import { UsageError } from './failure.js';
import { type FaceChoice, named, PIPE } from './input.js';
import { checkFile, refuseInputs } from './output.js';

/** Options for edits as data. */
export const recipeArgs = {
  recipe: {
    type: 'string',
    valueHint: 'file',
    description: 'Do the edit of a recipe (.json) in place of --set, --to and --keep',
  },
  'same-photo': {
    type: 'boolean',
    description: "The photo is the recipe's own: take the face where the recipe says",
  },
  'save-recipe': {
    type: 'string',
    valueHint: 'file',
    description: 'Write the edit as a recipe (.json)',
  },
} as const satisfies ArgsDef;

/** The recipe that the command line names, if it does. @throws {FaceMorphError} `RECIPE_INVALID` */
export async function readRecipe({
  options,
}: Arguments<typeof recipeArgs>): Promise<Recipe | undefined> {
  const path = options.recipe;
  if (path === undefined) {
    if (!options['same-photo']) return undefined;
    throw new UsageError('--same-photo has a meaning with --recipe only', 'Leave it out.');
  }
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new FaceMorphError('RECIPE_INVALID', `Cannot read the recipe ${path}`, {
      hint: 'Check the path.',
      cause,
    });
  });
  const recipe = await named(path, () => parseRecipe(text));
  if (options['same-photo'] && !recipe.face) {
    throw new UsageError(`${path} does not say where its face is`, 'Leave out --same-photo.');
  }
  return recipe;
}

/** Where a recipe's face is, for the photo that it comes from. */
export function placeOf({ face }: Recipe): FaceChoice {
  return face && 'landmarks' in face ? { landmarks: face.landmarks } : { aligned: true };
}

/** @throws {FaceMorphError} `ARGUMENT_INVALID` when a photo cannot be the one of a recipe. */
export function assertSamePhoto(input: string, photo: Pixels | undefined, { face }: Recipe): void {
  if (!face || !photo) return;
  const size = ({ width, height }: { width: number; height: number }) => `${width}x${height}`;
  if (size(photo) === size(face.photo)) return;
  throw new FaceMorphError(
    'ARGUMENT_INVALID',
    `${input}: the recipe is of a photo of ${size(face.photo)}, this one is ${size(photo)}`,
    { hint: 'Leave out --same-photo to edit the face of another photo.', details: { input } },
  );
}

/** Where the recipe goes, if it goes anywhere. @throws {UsageError} before any work */
export function planRecipe(
  { options, positionals }: Arguments<typeof recipeArgs>,
  { several, force }: { several: boolean; force: boolean },
): string | undefined {
  const path = options['save-recipe'];
  if (path === undefined) return undefined;
  if (several) {
    throw new UsageError('--save-recipe is for one face', 'With --json, each face has its recipe.');
  }
  if (path === PIPE) throw new UsageError('--save-recipe needs a file', 'Name one, or use --json.');
  checkFile(path, { extensions: ['.json'] });
  if (!force) refuseInputs([path], positionals);
  return path;
}
