import type { Edits } from '../attributes/edits.js';
import type { EditMode, FacePlace, Recipe, RecipeEdit, RecipeStep } from './types.js';

/** What {@link writeRecipe} puts down. */
export interface RecipeContent {
  /** The model: `fm.attributes.model`. */
  readonly model: Recipe['model'];
  readonly edits: Edits;
  readonly keep?: readonly string[] | undefined;
  /** @defaultValue `'detail'` */
  readonly mode?: EditMode | undefined;
  readonly face?: FacePlace | undefined;
  /** In base64. */
  readonly latent?: string | undefined;
  readonly earlier?: readonly RecipeStep[] | undefined;
}

/**
 * A recipe from edits and locks as they stand, for undo histories and links. `Face.recipe()` calls it
 * with what it knows of its face. The same content gives the same JSON text.
 */
export function writeRecipe(content: RecipeContent): Recipe {
  const { model, edits, keep, mode = 'detail', face, latent, earlier = [] } = content;
  return {
    format: 'facemorph-recipe',
    version: 1,
    model: { id: model.id, sha256: model.sha256 },
    ...(face && { face }),
    ...(latent !== undefined && { latent }),
    ...(earlier.length > 0 && { earlier: [...earlier] }),
    ...writeStep(edits, keep),
    mode,
  };
}

/** One call of `Face.edit` as data. A strength of 0 is no edit. */
export function writeStep(edits: Edits, keep: readonly string[] = []): RecipeStep {
  return {
    edits: Object.entries(edits)
      .filter(([, edit]) => edit !== 0)
      .map(
        ([name, edit]): RecipeEdit =>
          // JSON has no -0: `+ 0` makes it 0.
          typeof edit === 'number' ? { name, strength: edit } : { name, value: edit.value + 0 },
      ),
    keep: [...new Set(keep)],
  };
}

/** The changes of a step as `Face.edit` takes them. */
export function editsOf({ edits }: Pick<RecipeStep, 'edits'>): Edits {
  return Object.fromEntries(
    edits.map((edit) => [edit.name, 'strength' in edit ? edit.strength : { value: edit.value }]),
  );
}
