/** From a recipe to the edit. Loaded with the first replay. */
import { decodeVector } from '../attributes/base64.js';
import { invalidArgument } from '../errors.js';
import { type EditedFace, Face } from '../face.js';
import type { FaceMorph } from '../face-morph.js';
import type { Pixels } from '../image/pixels.js';
import type { OpenOptions } from '../photo/open-photo.js';
import { parseRecipe } from './parse.js';
import type { FacePlace, Recipe } from './types.js';
import { editsOf } from './write.js';

/**
 * Options of `FaceMorph.replay`. With one of `face`, `aligned` and `landmarks`, the edits go onto that
 * face of another photo; without, the photo is the recipe's and the face is where it says.
 */
export interface ReplayOptions extends OpenOptions {
  /** As `EditOptions.onto`. */
  readonly onto?: Pixels | undefined;
}

/** Does again what a recipe says. @throws as `FaceMorph.replay` */
export async function replayRecipe(
  fm: Pick<FaceMorph, 'attributes' | 'open' | 'face'>,
  input: unknown,
  subject: unknown,
  options: ReplayOptions = {},
): Promise<EditedFace> {
  const recipe = parseRecipe(input, fm.attributes.model);
  let face = await faceOf(fm, recipe, subject, options);
  const { signal, onProgress, onto } = options;
  const { mode, earlier = [] } = recipe;
  for (const step of earlier) {
    face = await face.edit(editsOf(step), { keep: step.keep, mode: 'face', signal, onProgress });
  }
  return face.edit(editsOf(recipe), { keep: recipe.keep, mode, onto, signal, onProgress });
}

async function faceOf(
  fm: Pick<FaceMorph, 'open' | 'face'>,
  { face: place, latent }: Recipe,
  subject: unknown,
  options: ReplayOptions,
): Promise<Face> {
  if (subject instanceof Face) return subject;
  if (subject === undefined) {
    const own = latent === undefined ? undefined : decodeVector(latent, 'float32');
    if (own) return fm.face(own);
    const hint = 'This recipe holds no face of its own.';
    throw invalidArgument('a photo or a face', 'subject', subject, hint);
  }
  const { face, aligned, landmarks } = options;
  if (!place || face !== undefined || aligned !== undefined || landmarks !== undefined) {
    return (await fm.open(subject, options)).face;
  }
  const where = 'aligned' in place ? { aligned: true } : { landmarks: place.landmarks };
  const photo = await fm.open(subject, { ...options, ...where });
  assertSize(photo.pixels, place);
  return photo.face;
}

function assertSize({ width, height }: Pixels, { photo }: FacePlace): void {
  if (width === photo.width && height === photo.height) return;
  throw invalidArgument(
    `the recipe's photo of ${photo.width}x${photo.height}`,
    'photo',
    `${width}x${height}`,
    "Pass { face: 'largest' } to edit the face of another photo.",
  );
}
